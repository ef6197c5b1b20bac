import { lazy, Suspense } from 'react'
import type { PluginUi } from '../widgets/plugin-ui.ts'
import { pluginModules } from '../widgets/plugin-ui.ts'
import type { Display, ValueProps } from './FieldValue.tsx'

const displays = new Map<string, Display | null>()

/**
 * How a plugin's type shows its values. Only known once the plugin's page part is loaded, so the first value
 * stands as plain text until then. Undefined where no plugin brings pages.
 */
export function pluginDisplay(type: string): Display | undefined {
  if (pluginModules.length === 0) return undefined
  let display = displays.get(type)
  if (display === undefined) {
    display = lazyDisplay(type)
    displays.set(type, display)
  }
  return display ?? undefined
}

function lazyDisplay(type: string): Display {
  const Loaded = lazy(async () => {
    for (const load of pluginModules) {
      const ui: PluginUi = await load()
      const found = ui.displays?.[type]
      if (found !== undefined) return { default: found }
    }
    return { default: Plain }
  })
  return (props: ValueProps) => (
    <Suspense fallback={<Plain {...props} />}>
      <Loaded {...props} />
    </Suspense>
  )
}

function Plain({ value }: ValueProps) {
  return <span>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</span>
}
