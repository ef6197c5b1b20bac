import { expect } from 'chai'
import { lastChange } from '../../../designer/inspector/last-change.ts'

const field = (id: string, name: string, label: string) => ({ id, name, label })

describe('the change that made a property what it is', () => {
  const made = { name: 'deal', label: 'Deal', fields: [field('1', 'a', 'A'), field('2', 'b', 'B')] }
  const labelled = { ...made, fields: [field('1', 'a', 'A'), field('2', 'b', 'Bee')] }
  const moved = { ...labelled, fields: [field('3', 'c', 'C'), ...labelled.fields] }
  const renamed = {
    ...moved,
    name: 'offer',
    fields: [moved.fields[0]!, field('1', 'z', 'A'), moved.fields[2]!],
  }
  const changes = [
    { who: 'rename', before: moved, after: renamed },
    { who: 'move', before: labelled, after: moved },
    { who: 'label', before: made, after: labelled },
    { who: 'make', before: null, after: made },
  ]
  const cases: readonly (readonly [string, readonly string[], string | undefined])[] = [
    ['its name', ['name'], 'rename'],
    ['its label', ['label'], 'make'],
    ['a label of a field that stands elsewhere now', ['fields', '2', 'label'], 'label'],
    ['a field that was renamed', ['fields', '1', 'name'], 'rename'],
    ['the label of that', ['fields', '1', 'label'], 'make'],
    ['a field that came later', ['fields', '0', 'label'], 'move'],
    ['all fields', ['fields'], 'rename'],
    ['what was never said', ['note'], undefined],
  ]
  for (const [what, path, expected] of cases)
    it(`is found for ${what}`, () => expect(lastChange(changes, renamed, path)?.who).to.equal(expected))
})
