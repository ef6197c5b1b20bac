import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { nearest } from '../../metadata/nearest.ts'
import { refuse } from '../errors.ts'
import type { LocalText } from '../problems/problem.ts'
import type { Registry } from './registry.ts'

/** What plugin.json says. */
export interface PluginManifest {
  /** snake_case or kebab-case, the name of its folder. */
  readonly name: string
  /** Semantic version, such as 1.0.0. */
  readonly version: string
  readonly label?: LocalText
  readonly description?: LocalText
}

export interface LoadedPlugin extends PluginManifest {
  readonly folder: string
  /** Whether ui.tsx lies beside it; the page build takes its widgets in. */
  readonly hasUi: boolean
}

const KEYS = ['name', 'version', 'label', 'description'] as const
const NAME = /^[a-z][a-z0-9_-]{0,39}$/
const VERSION = /^\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.-]+)?$/

/**
 * Loads every plugin of a folder, in the order of their names, and lets each register what it brings.
 * A folder that is not there holds no plugins.
 * @throws AppError START_PLUGIN_INVALID naming the plugin and what is wrong with it
 */
export async function loadPlugins(folder: string, registry: Registry): Promise<readonly LoadedPlugin[]> {
  const loaded: LoadedPlugin[] = []
  for (const name of await pluginFolders(folder))
    loaded.push(await loadPlugin(join(folder, name), name, registry))
  return loaded
}

async function pluginFolders(folder: string): Promise<readonly string[]> {
  if (!(await exists(folder))) return []
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
  return names.map((entry) => entry.name).sort()
}

async function loadPlugin(folder: string, name: string, registry: Registry): Promise<LoadedPlugin> {
  const manifest = parseManifest(await readManifest(folder, name), name)
  const register = await importRegister(folder, name)
  try {
    await register(registry)
  } catch (cause) {
    throw invalid(name, `register() failed: ${messageOf(cause)}`, `register() 执行失败：${messageOf(cause)}`)
  }
  return { ...manifest, folder, hasUi: await exists(join(folder, 'ui.tsx')) }
}

async function readManifest(folder: string, name: string): Promise<unknown> {
  const path = join(folder, 'plugin.json')
  if (!(await exists(path))) throw invalid(name, 'plugin.json is missing', '缺少 plugin.json')
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    throw invalid(name, `plugin.json: ${messageOf(cause)}`, `plugin.json：${messageOf(cause)}`)
  }
}

/**
 * The manifest of a plugin, checked.
 * @param folderName the name of the folder that holds it
 * @throws AppError START_PLUGIN_INVALID
 */
export function parseManifest(raw: unknown, folderName: string): PluginManifest {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw invalid(folderName, 'plugin.json is not an object', 'plugin.json 不是对象')
  }
  const unknown = Object.keys(raw).find((key) => !(KEYS as readonly string[]).includes(key))
  if (unknown !== undefined) throw unknownKey(folderName, unknown)
  const { name, version, label, description } = raw as Record<(typeof KEYS)[number], unknown>
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw invalid(
      folderName,
      '“name” must be lower-case letters, digits, - and _',
      '“name”只能含小写字母、数字、- 与 _',
    )
  }
  if (name !== folderName) {
    throw invalid(
      folderName,
      `“name” says “${name}”, the folder is “${folderName}”`,
      `“name”为“${name}”，与目录名不符`,
    )
  }
  if (typeof version !== 'string' || !VERSION.test(version)) {
    throw invalid(folderName, '“version” must look like 1.0.0', '“version”应形如 1.0.0')
  }
  return { name, version, ...texts(folderName, { label, description }) }
}

function texts(plugin: string, given: Readonly<Record<'label' | 'description', unknown>>) {
  const found: { label?: LocalText; description?: LocalText } = {}
  for (const key of ['label', 'description'] as const) {
    const text = given[key]
    if (text === undefined) continue
    if (!isLocalText(text)) {
      throw invalid(plugin, `“${key}” needs “en” and “zh-CN”`, `“${key}”应含“en”与“zh-CN”`)
    }
    found[key] = text
  }
  return found
}

function isLocalText(text: unknown): text is LocalText {
  if (typeof text !== 'object' || text === null) return false
  const { en, 'zh-CN': chinese } = text as Record<string, unknown>
  return typeof en === 'string' && typeof chinese === 'string'
}

/** A built engine has its plugins built beside it, on the same modules; else the source itself runs. */
function moduleOf(path: string, name: string): string {
  const built = new URL(`./plugins/${name}.js`, import.meta.url)
  return existsSync(built) ? built.href : pathToFileURL(path).href
}

type Register = (registry: Registry) => void | Promise<void>

async function importRegister(folder: string, name: string): Promise<Register> {
  const path = join(folder, 'index.ts')
  if (!(await exists(path))) throw invalid(name, 'index.ts is missing', '缺少 index.ts')
  let exported: { readonly register?: unknown }
  try {
    exported = (await import(moduleOf(path, name))) as { readonly register?: unknown }
  } catch (cause) {
    throw invalid(
      name,
      `index.ts cannot be loaded: ${messageOf(cause)}`,
      `无法加载 index.ts：${messageOf(cause)}`,
    )
  }
  if (typeof exported.register === 'function') return exported.register as Register
  throw invalid(name, 'index.ts exports no function “register”', 'index.ts 未导出函数“register”')
}

async function exists(path: string): Promise<boolean> {
  const found = await stat(path).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return undefined
    throw fault
  })
  return found !== undefined
}

function unknownKey(plugin: string, key: string) {
  const near = nearest(key, KEYS)
  const [en, chinese] =
    near === undefined ? ['', ''] : [`; did you mean “${near}”?`, `；是不是要写“${near}”？`]
  return invalid(
    plugin,
    `plugin.json has an unknown key “${key}”${en}`,
    `plugin.json 中有未知的键“${key}”${chinese}`,
  )
}

function invalid(plugin: string, en: string, chinese: string) {
  return refuse('START_PLUGIN_INVALID', '', { params: { plugin, reason: { en, 'zh-CN': chinese } } })
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
