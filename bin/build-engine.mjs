// The engine as plain modules, so that a start neither transforms hundreds of files nor keeps a transformer in
// memory. Tests and tools run the sources as they are; docs/decisions/0008-built-engine.md says why.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Builds the engine, its commands and the plugins.
 * @param {string} root the checkout
 * @param {string} folder where the modules go; what was there is removed
 * @returns {Promise<string | undefined>} what is wrong with the sources, one line a fault; undefined when built
 */
export function buildModules(root, folder) {
  return buildEntries(root, folder, [
    { in: 'engine/main.ts', out: 'main' },
    { in: 'engine/cli/tenon.ts', out: 'tenon' },
    ...pluginEntries(root),
  ])
}

/**
 * Builds modules that start alone, such as the processes that tests kill.
 * @param {string} root the checkout
 * @param {string} folder where the modules go; what was there is removed
 * @param {readonly { in: string, out: string }[]} entryPoints sources and the names of their modules
 * @returns {Promise<string | undefined>} what is wrong with the sources, one line a fault; undefined when built
 */
export async function buildEntries(root, folder, entryPoints) {
  const { build } = await import('esbuild')
  rmSync(folder, { recursive: true, force: true })
  try {
    await build({
      absWorkingDir: root,
      entryPoints,
      outdir: folder,
      bundle: true,
      splitting: true,
      packages: 'external',
      format: 'esm',
      platform: 'node',
      target: 'node20',
      keepNames: true,
      logLevel: 'silent',
      plugins: [{ name: 'places', setup: keepPlaces }],
    })
    return undefined
  } catch (fault) {
    if (!Array.isArray(fault.errors)) throw fault
    return fault.errors.map(({ text, location }) => `${location?.file}:${location?.line}: ${text}`).join('\n')
  }
}

function pluginEntries(root) {
  const plugins = join(root, 'plugins')
  if (!existsSync(plugins)) return []
  return readdirSync(plugins)
    .filter((name) => existsSync(join(plugins, name, 'index.ts')))
    .map((name) => ({ in: `plugins/${name}/index.ts`, out: `plugins/${name}` }))
}

/** Sources find their files (migrations, schemas, seeds) beside themselves; a module stands elsewhere. */
function keepPlaces(build) {
  build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
    const source = readFileSync(path, 'utf8')
    return { contents: source.replaceAll('import.meta.dirname', JSON.stringify(dirname(path))), loader: 'ts' }
  })
}
