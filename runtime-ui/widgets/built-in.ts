import { AddressBox } from './AddressBox.tsx'
import { CheckboxBox } from './CheckboxBox.tsx'
import { ChildList } from './ChildList.tsx'
import { Choice } from './Choice.tsx'
import { Currency } from './Currency.tsx'
import { DateBox } from './DateBox.tsx'
import { DateTimeBox } from './DateTimeBox.tsx'
import { Decimal } from './Decimal.tsx'
import { Duration } from './Duration.tsx'
import { DynamicLookup } from './DynamicLookup.tsx'
import { Email } from './Email.tsx'
import { FileBox } from './FileBox.tsx'
import { ImageBox } from './ImageBox.tsx'
import { Integer } from './Integer.tsx'
import { JsonBox } from './JsonBox.tsx'
import { LocationBox } from './LocationBox.tsx'
import { Lookup } from './Lookup.tsx'
import { ManyToMany } from './ManyToMany.tsx'
import { MultiChoice } from './MultiChoice.tsx'
import { Password } from './Password.tsx'
import { Percent } from './Percent.tsx'
import { Phone } from './Phone.tsx'
import { ReadOnly } from './ReadOnly.tsx'
import { RichTextBox } from './RichTextBox.tsx'
import { StageChoice } from './StageChoice.tsx'
import { Tags } from './Tags.tsx'
import { Text } from './Text.tsx'
import { Textarea } from './Textarea.tsx'
import { TimeBox } from './TimeBox.tsx'
import { Url } from './Url.tsx'
import type { Widget } from './widget.ts'

/** The widgets by the names that the field types use in `ui:widget`. */
export const BUILT_IN_WIDGETS: Readonly<Record<string, Widget>> = {
  text: Text,
  textarea: Textarea,
  rich_text: RichTextBox,
  integer: Integer,
  decimal: Decimal,
  currency: Currency,
  percent: Percent,
  checkbox: CheckboxBox,
  date: DateBox,
  date_time: DateTimeBox,
  time: TimeBox,
  duration: Duration,
  select: Choice,
  multi_select: MultiChoice,
  stage: StageChoice,
  tags: Tags,
  email: Email,
  phone: Phone,
  url: Url,
  address: AddressBox,
  location: LocationBox,
  lookup: Lookup,
  dynamic_lookup: DynamicLookup,
  many_to_many: ManyToMany,
  child_list: ChildList,
  user: Lookup,
  team: Lookup,
  file: FileBox,
  image: ImageBox,
  json: JsonBox,
  read_only: ReadOnly,
  password: Password,
}
