import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import standaloneCode from 'ajv/dist/standalone/index.js'
import type { Form } from './form.ts'

/** Modules kept at once; the one made longest ago goes first. */
const MAX_MODULES = 200
const modules = new Map<string, string>()

/**
 * The validator of a form as an ES module for browsers, in the form that rjsf's createPrecompiledValidator
 * takes: one export under the schema's `$id`. Made here so that the page needs no eval and its content security
 * policy holds. Kept by `$id`, which stands for all that is checked.
 */
export function validatorModule(schema: Form['schema']): string {
  const known = modules.get(schema.$id)
  if (known !== undefined) return known
  const made = compile(schema)
  if (modules.size >= MAX_MODULES) modules.delete(modules.keys().next().value!)
  modules.set(schema.$id, made)
  return made
}

function compile(schema: Form['schema']): string {
  // The settings of rjsf's own validator, so that both report the same errors.
  const ajv = new Ajv({
    allErrors: true,
    multipleOfPrecision: 8,
    strict: false,
    verbose: true,
    validateFormats: false,
    schemas: { [schema.$id]: schema as object },
    code: { source: true, esm: true },
  })
  return inlineRuntime(standaloneCode(ajv, { [schema.$id]: schema.$id }))
}

/** What ajv's code takes from its own package; a browser cannot `require`, so the functions are written out. */
const RUNTIME: ReadonlySet<string> = new Set(['ajv/dist/runtime/ucs2length', 'ajv/dist/runtime/equal'])
const REQUIRE = /require\("([^"]+)"\)\.default/g
const load = createRequire(import.meta.url)

/** @throws Error when ajv's code needs a module that is not known here: a keyword that no form used before */
function inlineRuntime(code: string): string {
  return code.replace(REQUIRE, (_whole, name: string) => {
    if (!RUNTIME.has(name)) throw new Error(`a form's validator needs "${name}", which browsers do not have`)
    return `(${String((load(name) as { readonly default: unknown }).default)})`
  })
}
