import { textsOf } from '../../metadata/texts-of.ts'
import type { Language } from '../errors.ts'
import type { Registry } from '../registry/registry.ts'
import { compileModel } from './compile.ts'
import type { CompiledModel, Reading } from './compiled.ts'
import { listDefinitions } from './definition-set.ts'

/** What was found in a model and made of it, as long as it is in use. */
interface Known {
  /** The languages that any text of its definitions is written in. */
  readonly languages: ReadonlySet<string>
  readonly models: Map<string, CompiledModel>
}

const known = new WeakMap<CompiledModel, Known>()

/**
 * The model as who reads a further language meets it: what the engine says itself stays in a language that it speaks, and
 * what definitions and translations say in the further one stands there. The model itself where they say nothing in it.
 * @param tag as a request asks for it
 * @param spoken what the engine speaks to them
 */
export function readIn(
  model: CompiledModel,
  registry: Registry,
  tag: string,
  spoken: Language,
): CompiledModel {
  const found = knownOf(model)
  const [primary = tag] = tag.split('-')
  const language = [tag, primary].find((one) => one !== spoken && found.languages.has(one))
  if (language === undefined) return model
  const key = `${language} ${spoken}`
  let read = found.models.get(key)
  if (read === undefined) {
    const reading: Reading = { language, spoken }
    read = compileModel({ ...model, registry, reading })
    found.models.set(key, read)
  }
  return read
}

function knownOf(model: CompiledModel): Known {
  let found = known.get(model)
  if (found === undefined) {
    const translations = [...model.definitions.translation.values()].map(({ language }) => language)
    const written = listDefinitions(model.definitions).flatMap((definition) =>
      textsOf(definition as never).flatMap(({ texts }) => Object.keys(texts)),
    )
    found = { languages: new Set([...translations, ...written]), models: new Map() }
    known.set(model, found)
  }
  return found
}
