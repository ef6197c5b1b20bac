import type { Registry } from '../../engine/registry/registry.ts'
import { ratingField } from './rating-field.ts'

/** What the engine calls when it starts: the plugin registers what it brings. */
export function register(registry: Registry): void {
  registry.addFieldType(ratingField)
}
