import type { Router } from 'express'

/** What Express keeps of a route; its own types leave the matcher out. */
interface Layer {
  readonly route?: { readonly methods: Readonly<Record<string, boolean>> } | undefined
  readonly match: (path: string) => unknown
}

/**
 * The methods that an address takes, upper-case; [] for an address that no route knows. Express runs the
 * handlers of an address but does not say which methods it would have taken, which a 405 must.
 */
export function allowedMethods(routers: readonly Router[], path: string): readonly string[] {
  const methods = new Set<string>()
  for (const router of routers) {
    for (const layer of router.stack as unknown as readonly Layer[]) {
      if (layer.route === undefined || !matches(layer, path)) continue
      for (const method of Object.keys(layer.route.methods)) methods.add(method.toUpperCase())
    }
  }
  return [...methods].sort()
}

function matches(layer: Layer, path: string): boolean {
  try {
    return Boolean(layer.match(path))
  } catch {
    return false // a broken percent-encoding: the router itself has refused it already
  }
}
