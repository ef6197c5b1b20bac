import type { RJSFSchema, ValidatorType } from '@rjsf/utils'
import createPrecompiledValidator from '@rjsf/validator-ajv8/lib/createPrecompiledValidator.js'
import type { ValidatorFunctions } from '@rjsf/validator-ajv8/lib/types.js'

/**
 * The validator that the server compiled for this form and this actor, as an ES module: nothing is compiled in
 * the browser, so no policy has to allow eval.
 */
export async function loadValidator(address: string, schema: RJSFSchema): Promise<ValidatorType> {
  // One export a schema, named by its $id.
  const functions = (await import(/* @vite-ignore */ address)) as ValidatorFunctions
  return createPrecompiledValidator(functions, schema)
}
