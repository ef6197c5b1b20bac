import { lazy, Suspense } from 'react'
import { BUILT_IN_WIDGETS } from './built-in.ts'
import { pluginModules } from './plugin-ui.ts'
import type { Widget, WidgetProps } from './widget.ts'

const fromPlugins = new Map<string, Widget>()

/** A built-in widget, else a plugin's, else plain text. */
export function WidgetByName({ widget, ...props }: WidgetProps & { readonly widget: string }) {
  const Found = BUILT_IN_WIDGETS[widget] ?? pluginWidget(widget)
  return (
    <Suspense fallback={<span className="read-only" />}>
      <Found {...props} />
    </Suspense>
  )
}

function pluginWidget(name: string): Widget {
  let widget = fromPlugins.get(name)
  if (widget === undefined) {
    widget = lazy(async () => {
      for (const load of pluginModules) {
        const found = (await load()).widgets?.[name]
        if (found !== undefined) return { default: found }
      }
      return { default: BUILT_IN_WIDGETS.text! }
    })
    fromPlugins.set(name, widget)
  }
  return widget
}
