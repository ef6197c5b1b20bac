import { expect } from 'chai'
import { addressField } from '../../../engine/fields/address.ts'
import { booleanField } from '../../../engine/fields/boolean.ts'
import { dateField } from '../../../engine/fields/date.ts'
import { canonicalInstant, dateTimeField } from '../../../engine/fields/date-time.ts'
import { dynamicLookupField } from '../../../engine/fields/dynamic-lookup.ts'
import { locationField } from '../../../engine/fields/location.ts'
import { timeField } from '../../../engine/fields/time.ts'
import { type FieldType, ValueFaultError } from '../../../engine/registry/field-type.ts'

const REFUSED = Symbol('refused')

const cells: readonly { type: FieldType; cell: string; value: unknown }[] = [
  { type: booleanField, cell: ' 是 ', value: true },
  { type: booleanField, cell: 'No', value: false },
  { type: booleanField, cell: 'maybe', value: REFUSED },
  { type: dateField, cell: '2026/3/2', value: '2026-03-02' },
  { type: dateField, cell: '2026年03月2日', value: '2026-03-02' },
  { type: dateField, cell: '2026.12.31', value: '2026-12-31' },
  { type: dateField, cell: '03/02/2026', value: REFUSED },
  { type: dateField, cell: '2026-02-30', value: REFUSED },
  { type: dateTimeField, cell: '2026-03-02 09:00:00+08:00', value: '2026-03-02T01:00:00.000Z' },
  { type: dateTimeField, cell: '2026-03-02T01:00:00.1239Z', value: '2026-03-02T01:00:00.123Z' },
  { type: dateTimeField, cell: '2026-03-02 09:00:00', value: REFUSED },
  { type: timeField, cell: '9:05', value: '09:05:00' },
  { type: timeField, cell: '21：30', value: '21:30:00' },
  { type: timeField, cell: '9 am', value: REFUSED },
  { type: addressField, cell: '深圳市南山区科技园路 1 号', value: { street: '深圳市南山区科技园路 1 号' } },
  { type: addressField, cell: '["x"]', value: REFUSED },
  { type: locationField, cell: '39.9042，116.4074', value: { lat: 39.9042, lng: 116.4074 } },
  { type: locationField, cell: 'Beijing', value: REFUSED },
  { type: dynamicLookupField, cell: 'lead: x', value: { entity: 'lead', id: 'x' } },
  { type: dynamicLookupField, cell: 'lead', value: REFUSED },
]

describe('cells as people write them', () => {
  for (const { type, cell, value } of cells) {
    it(`${type.name} ${value === REFUSED ? 'refuses' : 'reads'} “${cell}”`, () => {
      const field = { name: 'value', type: type.name }
      if (value === REFUSED) expect(() => type.csv.parse(cell, field)).to.throw(ValueFaultError)
      else expect(type.csv.parse(cell, field)).to.deep.equal(value)
    })
  }

  it('writes an instant in UTC with milliseconds', () => {
    expect(canonicalInstant('2026-03-02T09:00+08:00')).to.equal('2026-03-02T01:00:00.000Z')
  })
})
