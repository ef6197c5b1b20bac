import { Link } from 'react-router'
import { fileAddress } from '../api/records.ts'
import type { Standing } from '../api/rights.ts'
import type { Field, Reference } from '../api/types.ts'
import { Avatar } from '../kit/Avatar.tsx'
import { Chip } from '../kit/Chip.tsx'
import { DateText, InstantText } from '../kit/DateText.tsx'
import { EMPTY_VALUE, formatDuration, formatNumber, formatPercent } from '../kit/format.ts'
import { Icon } from '../kit/icons/Icon.tsx'
import { Money } from '../kit/Money.tsx'
import { useLanguage, useWork } from '../kit/model-context.tsx'
import { StageMark } from '../kit/StageMark.tsx'
import { StandingMark } from '../kit/StandingMark.tsx'
import { useText } from '../kit/use-text.ts'
import { type Address, addressText } from './address-text.ts'
import { callAddress } from './call-address.ts'
import type { Display, ValueProps } from './FieldValue.tsx'
import { FileLink } from './FileLink.tsx'
import { useOptionLabel } from './option-labels.ts'
import { RichText } from './RichText.tsx'
import { leadsToPerson, nameOf, referenceOf, targetOf } from './references.ts'
import { tagInfo } from './tags.ts'

const TextValue: Display = ({ value, compact }) => (
  <span className={compact ? undefined : 'long-value'}>{String(value)}</span>
)

const NumberValue: Display = ({ value }) => (
  <span className="num">{formatNumber(Number(value), useLanguage())}</span>
)

const DecimalValue: Display = ({ value, field }) => {
  const digits = field.scale === undefined ? undefined : Math.min(field.scale, 4)
  return <span className="num">{formatNumber(Number(value), useLanguage(), digits)}</span>
}

const CurrencyValue: Display = ({ value, field }) => {
  const { model } = useWork()
  return <Money value={value as number | string} currency={field.currency ?? model.currency} />
}

const PercentValue: Display = ({ value }) => (
  <span className="num">{formatPercent(Number(value), useLanguage())}</span>
)

const BooleanValue: Display = ({ value }) => {
  const t = useText()
  return (
    <span className="row boolean-value">
      <Icon name={value === true ? 'check' : 'minus'} />
      {value === true ? t('value.yes') : t('value.no')}
    </span>
  )
}

const StandingValue: Display = ({ value }) => <StandingMark {...(value as Standing)} />

const DateValue: Display = ({ value }) => <DateText date={String(value)} />
const InstantValue: Display = ({ value }) => <InstantText instant={String(value)} />
const TimeValue: Display = ({ value }) => <span className="num">{String(value).slice(0, 5)}</span>
const DurationValue: Display = ({ value }) => (
  <span className="num">{formatDuration(String(value), useLanguage())}</span>
)

function OptionChip({ field, name }: { readonly field: Field; readonly name: string }) {
  const option = field.options?.find((candidate) => candidate.name === name)
  return <Chip colour={option?.color}>{option?.label ?? name}</Chip>
}

/** A tint helps to tell a handful of options apart; more would be confetti. */
const MOST_TINTS = 6

const SelectValue: Display = (props) =>
  props.field.longOptions ? <LongOption {...props} /> : <ShortOption {...props} />

/** An option of a list that is not sent along: its label is asked for. */
const LongOption: Display = ({ value, entity, field }) => {
  const option = useOptionLabel(entity.name, field.name, value)
  return <span>{option?.label ?? ''}</span>
}

const ShortOption: Display = ({ value, field }) => {
  const option = field.options?.find((candidate) => candidate.name === value)
  if (option?.color === undefined || field.options!.length > MOST_TINTS)
    return <span>{option?.label ?? String(value)}</span>
  return <OptionChip field={field} name={String(value)} />
}

const OptionsValue: Display = ({ value, field, compact }) => (
  <span className={compact ? 'chips one-line' : 'chips'}>
    {(value as readonly string[]).map((name) => (
      <OptionChip key={name} field={field} name={name} />
    ))}
  </span>
)

/** Rules' tags look different, and say why they are there. */
const TagsValue: Display = ({ value, field, compact }) => {
  const t = useText()
  return (
    <span className={compact ? 'chips one-line' : 'chips'}>
      {(value as readonly string[]).map((tag) => {
        const info = tagInfo(field, tag)
        const why = info.ruled ? t('tags.byRule', { why: info.why ?? info.group ?? info.label }) : info.group
        return (
          <span key={tag} title={why}>
            <Chip colour={info.color} ruled={info.ruled}>
              {info.label}
            </Chip>
          </span>
        )
      })}
    </span>
  )
}

const StageValue: Display = ({ value, entity, field }) => (
  <StageMark stages={entity.pipelines[field.name] ?? []} name={String(value)} />
)

const EmailValue: Display = ({ value }) => (
  <a className="link" href={`mailto:${String(value)}`}>
    {String(value)}
  </a>
)

const PhoneValue: Display = ({ value }) => (
  <a className="link num" href={callAddress(String(value))}>
    {String(value)}
  </a>
)

const UrlValue: Display = ({ value }) => {
  const address = String(value)
  const text = address.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '')
  // Only what a browser would open as a page becomes a link; javascript: and data: stay text.
  if (!/^https?:\/\//i.test(address)) return <span>{address}</span>
  return (
    <a className="link" href={address} target="_blank" rel="noreferrer noopener">
      {text}
    </a>
  )
}

const AddressValue: Display = ({ value, compact }) => (
  <span className={compact ? undefined : 'long-value'}>{addressText(value as Address, useLanguage())}</span>
)

const LocationValue: Display = ({ value }) => {
  const place = value as {
    readonly latitude?: number
    readonly longitude?: number
    readonly lat?: number
    readonly lng?: number
  }
  const latitude = place.latitude ?? place.lat
  const longitude = place.longitude ?? place.lng
  return (
    <span className="num">{`${latitude?.toFixed(5) ?? EMPTY_VALUE}, ${longitude?.toFixed(5) ?? EMPTY_VALUE}`}</span>
  )
}

/** An owner that is a pool goes by its name in the language of who reads. */
function PoolName({ reference }: { readonly reference: Reference }) {
  const { model } = useWork()
  const pool = model.entities.flatMap(({ pools }) => pools).find(({ id }) => id === reference.id)
  return (
    <span className="row reference">
      <Icon name="users" />
      <span className="cut">{pool?.label ?? reference.label}</span>
    </span>
  )
}

function ReferenceLink({
  field,
  reference,
  compact,
}: {
  readonly field: Field
  readonly reference: Reference
  readonly compact?: boolean | undefined
}) {
  const t = useText()
  const { model, me } = useWork()
  const isPool =
    reference.pool !== undefined ||
    (reference.id !== null && model.entities.some(({ pools }) => pools.some(({ id }) => id === reference.id)))
  if (isPool) return <PoolName reference={reference} />
  const target = targetOf(field, reference)
  const person = leadsToPerson(field) || target === 'user'
  const isMe = person && reference.id === me.user.id
  const name = nameOf(reference) ?? (isMe ? me.user.name : undefined)
  // Whoever may not read people still sees that somebody is there.
  if (person && name === undefined) {
    return (
      <span className="row ink-3 hidden-value">
        <Icon name="user" />
        {t('record.somebody')}
      </span>
    )
  }
  if (reference.hidden === true || reference.id === null) {
    return (
      <span className="row ink-3 hidden-value">
        <Icon name="lock" />
        {t('value.hidden')}
      </span>
    )
  }
  const known = model.entities.find((entity) => entity.name === target)
  const shown = name ?? known?.label ?? t('value.hidden')
  const face = person ? <Avatar name={shown} person /> : null
  if (known === undefined || (person && compact)) {
    return (
      <span className="row reference">
        {face}
        <span className="cut">{shown}</span>
      </span>
    )
  }
  return (
    <span className="row reference">
      {face}
      <Link className="cut link" to={`/records/${known.name}/${reference.id}`}>
        {shown}
      </Link>
    </span>
  )
}

const LookupValue: Display = ({ value, field, compact }) => {
  const reference = referenceOf(value)
  return reference === undefined ? null : (
    <ReferenceLink field={field} reference={reference} compact={compact} />
  )
}

const ReferencesValue: Display = ({ value, field, compact }) => (
  <span className={compact ? 'chips one-line' : 'chips'}>
    {(value as readonly unknown[]).map((item) => {
      const reference = referenceOf(item)
      return reference === undefined ? null : (
        <ReferenceLink key={reference.id ?? 'hidden'} field={field} reference={reference} compact={compact} />
      )
    })}
  </span>
)

const FileValue: Display = ({ value }) => {
  const t = useText()
  const reference = referenceOf(value)
  if (reference?.id == null) return null
  return (
    <FileLink className="link row" file={{ id: reference.id, name: reference.label ?? t('value.file') }}>
      <Icon name="paperclip" />
      <span className="cut">{reference.label ?? t('value.file')}</span>
    </FileLink>
  )
}

const ImageValue: Display = ({ value, compact }) => {
  const t = useText()
  const reference = referenceOf(value)
  if (reference?.id == null) return null
  return (
    <FileLink file={{ id: reference.id, name: reference.label ?? t('value.image'), isPicture: true }}>
      <img
        className={compact ? 'thumb' : 'picture'}
        src={fileAddress(reference.id)}
        alt={reference.label ?? t('value.image')}
        loading="lazy"
      />
    </FileLink>
  )
}

const RichTextValue: Display = ({ value, compact }) => (
  <RichText html={String(value)} plain={compact === true} />
)

const JsonValue: Display = ({ value, compact }: ValueProps) =>
  compact ? (
    <span className="mono">{JSON.stringify(value)}</span>
  ) : (
    <pre className="mono json-value">{JSON.stringify(value, null, 2)}</pre>
  )

/** How each type of field shows a value; an open set: plugins add theirs through plugin-displays. */
export const DISPLAYS: Readonly<Record<string, Display>> = {
  text: TextValue,
  long_text: TextValue,
  rich_text: RichTextValue,
  integer: NumberValue,
  decimal: DecimalValue,
  currency: CurrencyValue,
  percent: PercentValue,
  boolean: BooleanValue,
  standing: StandingValue,
  date: DateValue,
  date_time: InstantValue,
  time: TimeValue,
  duration: DurationValue,
  select: SelectValue,
  multi_select: OptionsValue,
  stage: StageValue,
  tags: TagsValue,
  email: EmailValue,
  phone: PhoneValue,
  url: UrlValue,
  address: AddressValue,
  location: LocationValue,
  lookup: LookupValue,
  dynamic_lookup: LookupValue,
  many_to_many: ReferencesValue,
  user: LookupValue,
  team: LookupValue,
  file: FileValue,
  image: ImageValue,
  auto_number: TextValue,
  encrypted: TextValue,
  json: JsonValue,
}
