import { expect } from 'chai'
import type { Entity } from '../../../runtime-ui/api/types.ts'
import {
  allProblems,
  type Draft,
  type DraftAction,
  extraProblems,
  isDirty,
  reduceDraft,
  startDraft,
} from '../../../runtime-ui/forms/draft.ts'
import { readKept, toKeep } from '../../../runtime-ui/forms/kept-draft.ts'

const begin = startDraft({ base: { name: 'Acme', phone: '1' }, presets: { region: 'east' }, version: 3 })
const draftAfter = (...actions: readonly DraftAction[]): Draft => actions.reduce(reduceDraft, begin)
const required = { field: 'name', message: 'Required.', source: 'check' } as const
const taken = { field: 'code', message: 'Taken.', source: 'server' } as const
const whole = { field: undefined, message: 'No answer.', source: 'server' } as const
const changed = (data: object, field: string): DraftAction => ({
  kind: 'changed',
  data: { ...data },
  field,
  found: [required],
})

describe('the draft of a form', () => {
  it('begins clean: defaults and presets are no work of the person’s', () => {
    expect(begin.data).to.deep.equal({ name: 'Acme', phone: '1', region: 'east' })
    expect(isDirty(begin)).to.equal(false)
    expect(isDirty(draftAfter(changed({ ...begin.data, name: 'B' }, 'name')))).to.equal(true)
    expect(
      isDirty(draftAfter(changed({ ...begin.data, name: 'B' }, 'name'), changed({ ...begin.data }, 'name'))),
    ).to.equal(false)
  })

  it('says nothing of a field before saving was tried, and everything after', () => {
    expect(allProblems(draftAfter(changed({ phone: '1' }, 'name')))).to.deep.equal([])
    const tried = draftAfter({ kind: 'found', problems: [] }, changed({ phone: '1' }, 'name'))
    expect(allProblems(tried)).to.deep.equal([required])
  })

  it('drops what the server said of a field as soon as that field is changed', () => {
    const refused: DraftAction = { kind: 'refused', problems: [taken, whole] }
    expect(extraProblems(draftAfter(refused))).to.deep.equal([taken, whole])
    expect(extraProblems(draftAfter(refused, changed({ ...begin.data, name: 'B' }, 'name')))).to.deep.equal([
      taken,
    ])
    expect(extraProblems(draftAfter(refused, changed({ ...begin.data, code: 'x' }, 'code')))).to.deep.equal(
      [],
    )
  })

  it('keeps what a widget cannot read until it is mended', () => {
    const broken: DraftAction = { kind: 'faulted', field: 'extra', message: 'No JSON.' }
    const problem = { field: 'extra', message: 'No JSON.', source: 'widget' }
    expect(extraProblems(draftAfter(broken))).to.deep.equal([problem])
    expect(allProblems(draftAfter(broken))).to.deep.equal([])
    expect(allProblems(draftAfter(broken, { kind: 'sending' }))).to.deep.equal([problem])
    const mended = draftAfter(broken, { kind: 'faulted', field: 'extra', message: undefined })
    expect(extraProblems(mended)).to.deep.equal([])
    expect(reduceDraft(mended, { kind: 'faulted', field: 'extra', message: undefined })).to.equal(mended)
  })

  it('goes on from what the other side stored once a conflict is settled', () => {
    const theirs = { name: 'Theirs', phone: '2', region: 'east' }
    const comparison = {
      clashes: [{ field: 'name', yours: 'Mine', theirs: 'Theirs' }],
      kept: [{ field: 'phone', side: 'theirs', value: '2' }],
    } as const
    const record = { id: '1', ...theirs, version: 4 }
    const clashed = draftAfter(changed({ ...begin.data, name: 'Mine' }, 'name'), {
      kind: 'conflicted',
      conflict: { comparison, theirs: { ...theirs, total: 9 }, version: 4, record },
    })
    const fields = ['name', 'phone', 'region']
    const settled = reduceDraft(clashed, { kind: 'settled', mine: new Set(['name']), fields })
    expect([settled.data, settled.base, settled.version, settled.conflict]).to.deep.equal([
      { name: 'Mine', phone: '2', region: 'east', total: 9 },
      { ...theirs, total: 9 },
      4,
      undefined,
    ])
    expect(isDirty(settled)).to.equal(true)
    expect(reduceDraft(clashed, { kind: 'put_off' }).data).to.deep.equal(clashed.data)
  })
})

describe('a form that a text has filled', () => {
  const filled = draftAfter({ kind: 'filled', values: { name: 'B', region: 'west' } })

  it('has the values, marked until somebody changes them', () => {
    expect(filled.data).to.deep.equal({ name: 'B', phone: '1', region: 'west' })
    expect([...filled.filled]).to.deep.equal(['name', 'region'])
    expect([...reduceDraft(filled, changed({ ...filled.data, name: 'C' }, 'name')).filled]).to.deep.equal([
      'region',
    ])
    expect(isDirty(filled)).to.equal(true)
    expect(filled.touched.has('name')).to.equal(true)
  })
})

describe('what a form keeps for a reload', () => {
  const entity = { fields: [{ name: 'account_number', type: 'encrypted' }] } as unknown as Entity

  it('is what was changed, with what was cleared, and no secrets', () => {
    const { phone: _phone, ...rest } = begin.data
    const draft = draftAfter(changed({ ...rest, name: 'B', account_number: '1' }, 'name'))
    const kept = toKeep(draft, entity)!
    expect(kept).to.deep.equal({
      values: { name: 'B', phone: null },
      base: { name: 'Acme', phone: '1' },
      version: 3,
    })
    const again = reduceDraft(begin, { kind: 'restored', kept })
    expect(again.data).to.deep.equal({ name: 'B', region: 'east' })
    expect(isDirty(again)).to.equal(true)
    expect(isDirty(reduceDraft(again, { kind: 'dropped', stored: undefined }))).to.equal(false)
    expect(toKeep(begin, entity)).to.equal(undefined)
  })

  it('comes back on what it was typed on, so that what others stored since is compared', () => {
    const kept = toKeep(draftAfter(changed({ ...begin.data, name: 'B' }, 'name')), entity)!
    const later = startDraft({ base: { name: 'Theirs', phone: '2' }, presets: {}, version: 5 })
    const again = reduceDraft(later, { kind: 'restored', kept })
    expect([again.data, again.base, again.version]).to.deep.equal([
      { name: 'B', phone: '2' },
      { name: 'Acme', phone: '2' },
      3,
    ])
    const stored = { base: later.base, version: 5 }
    const dropped = reduceDraft(again, { kind: 'dropped', stored })
    expect([dropped.data, dropped.version, isDirty(dropped)]).to.deep.equal([later.base, 5, false])
  })

  it('is read as it was kept, and not where it is none', () => {
    const kept = { values: { name: 'B' }, base: { name: null }, version: undefined }
    expect(readKept(JSON.stringify(kept))).to.deep.equal(kept)
    for (const text of [null, '', '{}', '[]', '{', '1', '{"name":"B"}', '{"values":{},"base":{}}'])
      expect(readKept(text)).to.equal(undefined)
  })
})
