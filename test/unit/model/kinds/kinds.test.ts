import { expect } from 'chai'
import type { Definition, DefinitionByKind, Kind } from '../../../../engine/model/compiled.ts'
import { CONTENT_KINDS, KIND_NAMES, listDefinitions } from '../../../../engine/model/definition-set.ts'
import type { ModelContext } from '../../../../engine/model/kinds/kind-spec.ts'
import { KINDS, referencesOf, specOf } from '../../../../engine/model/kinds/kinds.ts'
import { pointerSteps, valueAt } from '../../../../engine/model/pointer.ts'
import { registry, SAMPLE, sampleInForce } from '../sample.ts'

const definitions = sampleInForce()
const context: ModelContext = { definitions, registry }

function sentenceOf<K extends Kind>(definition: DefinitionByKind[K]) {
  return specOf(definition).sentence(definition, context)
}

describe('KINDS', () => {
  it('are the kinds that sets hold, content kinds among them', () => {
    expect(Object.keys(KINDS)).to.deep.equal(KIND_NAMES)
    expect(KIND_NAMES.filter((kind) => KINDS[kind].content)).to.deep.equal(CONTENT_KINDS)
  })

  for (const definition of listDefinitions(definitions)) {
    it(`finds the mentions of ${definition.kind} ${definition.name} exactly where the names stand`, () => {
      for (const { path, to, inKey, span, byOtherName } of referencesOf(definition as Definition, context)) {
        const steps = pointerSteps(path)
        const text = inKey ? steps.at(-1) : valueAt(definition, steps)
        expect(text, path).to.be.a('string')
        expect(valueAt(definition, steps), path).not.to.equal(undefined)
        if (byOtherName) continue
        const name = to.item === undefined ? to.name : to.item.slice(to.item.lastIndexOf('/') + 1)
        expect(span === undefined ? text : String(text).slice(...span), path).to.equal(name)
      }
    })
  }

  const sentences: Readonly<Record<string, readonly [english: string, chinese: string]>> = {
    'option_set/region': ['“Region” offers east, west.', '“区域”可选：east、west。'],
    'entity/account': [
      '“Account” has 4 fields: Name, phone, region, parent, named by “Name”, each record with an owner.',
      '“客户”有 4 个字段：名称、phone、region、parent；以“名称”作为标题；每条记录有负责人。',
    ],
    'entity/deal_line': [
      '“deal_line” has 2 fields: deal, quantity.',
      '“deal_line”有 2 个字段：deal、quantity。',
    ],
    'pipeline/sales': [
      '“sales” leads each record of “Deal” through new, won, lost.',
      '“sales”使“商机”的记录依次经过：new、won、lost。',
    ],
    'layout/account_page': [
      '“account_page” arranges “Account” in 1 section and 4 tabs for sales.',
      '“account_page”将“客户”排成 1 个分组和 4 个标签页（适用于sales）。',
    ],
    'view/open_deals': [
      '“open_deals” lists “Deal”, filtered, in 5 columns.',
      '“open_deals”以 5 列列出符合条件的“商机”记录。',
    ],
    'app/crm': ['“crm” has 2 entries in its navigation for sales.', '“crm”的导航有 2 项（适用于sales）。'],
    'role/sales': ['“sales” has rights of its own on 2 entities.', '“sales”对 2 个实体设有专门权限。'],
    'translation/french': ['“french” puts 9 texts into fr.', '“french”提供 9 条 fr 译文。'],
  }
  for (const [address, [english, chinese]] of Object.entries(sentences)) {
    it(`says ${address} as one sentence`, () => {
      const definition = SAMPLE.find((one) => `${one.kind}/${one.name}` === address)
      expect(sentenceOf(definition as Definition)).to.deep.equal({ en: english, 'zh-CN': chinese })
    })
  }
})
