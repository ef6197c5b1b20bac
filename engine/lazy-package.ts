import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/**
 * A CommonJS package that is loaded where it is first used: most processes never use it, and each would pay for it with
 * time at its start and with memory.
 */
export function lazyPackage<T>(name: string): () => T {
  let loaded: T | undefined
  return () => {
    loaded ??= require(name) as T
    return loaded
  }
}
