import type { Registry } from '../registry/registry.ts'
import { addressField } from './address.ts'
import { autoNumberField } from './auto-number.ts'
import { booleanField } from './boolean.ts'
import { childListField } from './child-list.ts'
import { currencyField } from './currency.ts'
import { dateField } from './date.ts'
import { dateTimeField } from './date-time.ts'
import { decimalField } from './decimal.ts'
import { durationField } from './duration.ts'
import { dynamicLookupField } from './dynamic-lookup.ts'
import { emailField } from './email.ts'
import { encryptedField } from './encrypted.ts'
import { fileField } from './file.ts'
import { formulaField } from './formula.ts'
import { imageField } from './image.ts'
import { integerField } from './integer.ts'
import { jsonField } from './json.ts'
import { locationField } from './location.ts'
import { longTextField } from './long-text.ts'
import { lookupField } from './lookup.ts'
import { manyToManyField } from './many-to-many.ts'
import { multiSelectField } from './multi-select.ts'
import { passwordField } from './password.ts'
import { percentField } from './percent.ts'
import { phoneField } from './phone.ts'
import { richTextField } from './rich-text.ts'
import { rollUpField } from './roll-up.ts'
import { selectField } from './select.ts'
import { stageField } from './stage.ts'
import { tagsField } from './tags.ts'
import { teamField } from './team.ts'
import { textField } from './text.ts'
import { timeField } from './time.ts'
import { timeZoneField } from './time-zone.ts'
import { urlField } from './url.ts'
import { userField } from './user.ts'

/** In the order of the designer's palette: what is needed most comes first. */
const BUILT_IN_FIELDS = [
  textField,
  longTextField,
  richTextField,
  integerField,
  decimalField,
  currencyField,
  percentField,
  booleanField,
  dateField,
  dateTimeField,
  timeField,
  timeZoneField,
  durationField,
  selectField,
  multiSelectField,
  stageField,
  tagsField,
  emailField,
  phoneField,
  urlField,
  addressField,
  locationField,
  lookupField,
  dynamicLookupField,
  manyToManyField,
  childListField,
  userField,
  teamField,
  fileField,
  imageField,
  autoNumberField,
  formulaField,
  rollUpField,
  encryptedField,
  jsonField,
  passwordField,
] as const

/**
 * Registers every field type that the engine brings, through the door that plugins use.
 * @throws Error when one of the names is taken
 */
export function registerBuiltInFields(registry: Registry): void {
  for (const type of BUILT_IN_FIELDS) registry.addFieldType(type)
}
