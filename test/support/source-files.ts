import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** One source file with what it imports; paths are relative to the root, with slashes. */
export interface SourceFile {
  readonly path: string
  readonly text: string
  readonly lines: number
  readonly imports: readonly Import[]
}

export interface Import {
  /** The path of a file of ours, or the name of a package as it is written. */
  readonly target: string
  readonly isOurs: boolean
  /** type: gone at run time; lazy: `import()`, when the code comes there. */
  readonly kind: 'value' | 'type' | 'lazy'
  /** Whether the names are passed on: `export … from`. */
  readonly isReExport: boolean
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const STATEMENT = /^(import|export)\s+(type\s+)?([^'"`;=]*?)\s*\bfrom\s+'([^']+)'/gm
const BARE = /^import\s+'([^']+)'/gm
const LAZY = /\bimport\(\s*'([^']+)'\s*\)/g

/** All .ts and .tsx files below some folders, sorted. */
export function readSources(folders: readonly string[]): SourceFile[] {
  return folders.flatMap((folder) => filesBelow(join(ROOT, folder))).map(readSource)
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/node_modules/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

function readSource(file: string): SourceFile {
  const text = readFileSync(file, 'utf8')
  return {
    path: toPath(file),
    text,
    lines: text.split('\n').length - 1,
    imports: parseImports(text).map((found) => resolveImport(file, found)),
  }
}

/** The imports of a module's text, in Biome's formatting, targets as they are written. */
export function parseImports(text: string): Omit<Import, 'isOurs'>[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '')
  return [
    ...[...code.matchAll(STATEMENT)].map(([, word, type, names = '', target = '']) => ({
      target,
      kind: type !== undefined || areAllTypes(names) ? ('type' as const) : ('value' as const),
      isReExport: word === 'export',
    })),
    ...[...code.matchAll(BARE)].map(([, target = '']) => ({
      target,
      kind: 'value' as const,
      isReExport: false,
    })),
    ...[...code.matchAll(LAZY)].map(([, target = '']) => ({
      target,
      kind: 'lazy' as const,
      isReExport: false,
    })),
  ]
}

function areAllTypes(names: string): boolean {
  const inBraces = /^\{([^}]*)\}$/.exec(names.trim())?.[1]
  if (inBraces === undefined) return false
  return inBraces
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .every((name) => name.startsWith('type '))
}

function resolveImport(file: string, found: Omit<Import, 'isOurs'>): Import {
  if (!found.target.startsWith('.')) return { ...found, isOurs: false }
  return { ...found, target: toPath(resolve(dirname(file), found.target)), isOurs: true }
}

function toPath(file: string): string {
  return relative(ROOT, file).split(sep).join('/')
}

/**
 * Groups of nodes that reach one another, each sorted; [] when there is no cycle.
 * Tarjan, Depth-first search and linear graph algorithms, 1972.
 */
export function findCycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const onStack = new Set<string>()
  const cycles: string[][] = []

  const visit = (node: string): number => {
    let lowest = order.size
    order.set(node, lowest)
    stack.push(node)
    onStack.add(node)
    const own = lowest
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) lowest = Math.min(lowest, visit(next))
      else if (onStack.has(next)) lowest = Math.min(lowest, low.get(next) ?? order.get(next) ?? own)
    }
    low.set(node, lowest)
    if (lowest === own) closeGroup(node)
    return lowest
  }

  const closeGroup = (first: string): void => {
    const group = stack.splice(stack.indexOf(first))
    for (const node of group) onStack.delete(node)
    if (group.length > 1 || graph.get(first)?.includes(first)) cycles.push(group.sort())
  }

  for (const node of graph.keys()) if (!order.has(node)) visit(node)
  return cycles
}
