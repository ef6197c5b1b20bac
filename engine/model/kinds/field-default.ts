import type { ValidateFunction } from 'ajv/dist/2020.js'
import { checkRule } from '../../../metadata/rules/check-rule.ts'
import { readValueSlot } from '../../../metadata/rules/value-slot.ts'
import type { FieldDefinition } from '../../../metadata/types.ts'
import { type LocalText, type Problem, problem } from '../../errors.ts'
import type { FieldContext, FieldType, JsonSchema } from '../../registry/field-type.ts'
import { createValueAjv } from '../validate-value.ts'
import { fieldContext } from './follow.ts'
import type { ModelContext } from './kind-spec.ts'
import { beginningScope } from './rule-scope.ts'

/** Faults of a field's default, paths relative to it; [] where there is none. */
export function defaultProblems(
  context: ModelContext,
  entity: string,
  field: FieldDefinition,
  type: FieldType,
): readonly Problem[] {
  if (field.default === undefined) return []
  const said = readValueSlot(field.default)
  if (said.kind === 'rule' && isFilledIn(field, type)) return ruleProblems(context, entity, said.rule, type)
  const at = said.kind === 'rule' || said.value === field.default ? '' : '/literal'
  const value = said.kind === 'rule' ? field.default : said.value
  const plain = { ...field, default: value }
  return valueProblems(plain, type, fieldContext(context, entity)).map((fault) => ({
    ...fault,
    path: at + fault.path,
  }))
}

/** Whether somebody may say the values of a field, and a rule give them. */
function isFilledIn(field: FieldDefinition, type: FieldType): boolean {
  if (type.generated || type.writeOnly || type.sealing !== undefined) return false
  return type.rule !== undefined && type.relation?.(field)?.kind !== 'children'
}

function ruleProblems(
  context: ModelContext,
  entity: string,
  rule: unknown,
  type: FieldType,
): readonly Problem[] {
  const scope = beginningScope(context, entity)
  const expected = type.rule?.type === 'boolean' ? 'condition' : (type.rule?.type ?? 'text')
  return checkRule(rule, scope, expected).problems
}

function valueProblems(field: FieldDefinition, type: FieldType, context: FieldContext): readonly Problem[] {
  if (type.sealing !== undefined) return [problem('META_DEFAULT_INVALID', '', { hint: NOT_SECRET })]
  if (type.generated || type.writeOnly || type.relation?.(field)?.kind === 'children') {
    return [problem('META_DEFAULT_INVALID', '', { hint: NO_DEFAULT })]
  }
  const schema = type.valueSchema(field, context)
  if (field.default === null || !validatorOf(schema)(field.default)) {
    return [problem('META_DEFAULT_INVALID', '', { ...hintOf(schema) })]
  }
  const fault = type.check?.(field.default, field)
  if (fault === undefined) return []
  return [problem('META_DEFAULT_INVALID', fault.path ?? '', { ...(fault.hint && { hint: fault.hint }) })]
}

const NO_DEFAULT: LocalText = {
  en: 'The engine fills in a field of this type; take the default away.',
  'zh-CN': '此类型的字段由系统填写，请去掉默认值。',
}

const NOT_SECRET: LocalText = {
  en: 'A definition is not encrypted: a default would stand there for everybody. Take it away.',
  'zh-CN': '定义不加密，默认值会以明文出现，请去掉。',
}

const SHOWN_OPTIONS = 12

function hintOf(schema: JsonSchema): { readonly hint?: LocalText } {
  const options = Array.isArray(schema.enum) ? schema.enum.map(String) : []
  if (options.length === 0) return {}
  const [shown, more] = [options.slice(0, SHOWN_OPTIONS), options.length > SHOWN_OPTIONS]
  return {
    hint: {
      en: `One of: ${shown.join(', ')}${more ? ', …' : ''}`,
      'zh-CN': `可选值：${shown.join('、')}${more ? '……' : ''}`,
    },
  }
}

const MOST_KEPT = 500
const kept = new Map<string, ValidateFunction>()
const ajv = createValueAjv()

/** Many fields have defaults of the same shape, and every check of a draft asks again. */
function validatorOf(schema: JsonSchema): ValidateFunction {
  const key = JSON.stringify(schema)
  const known = kept.get(key)
  if (known !== undefined) return known
  const validate = ajv.compile(schema)
  ajv.removeSchema(schema) // ajv would keep every schema it ever saw
  if (kept.size >= MOST_KEPT) kept.clear()
  kept.set(key, validate)
  return validate
}
