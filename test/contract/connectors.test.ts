import { expect } from 'chai'
import { BUILT_IN } from '../../engine/model/built-in.ts'
import { layOver } from '../../engine/model/candidate.ts'
import { checkCandidate } from '../../engine/model/check.ts'
import { toDefinitionSet } from '../../engine/model/definition-set.ts'
import { kindSchema } from '../../engine/model/kinds/kind-schema.ts'
import { defineConnector } from '../../engine/registry/connector.ts'
import { createRegistry } from '../../engine/registry/registry.ts'
import { dingtalkConnector } from '../../plugins/dingtalk/dingtalk-connector.ts'
import { smsConnector } from '../../plugins/sms/sms-connector.ts'
import { smtpConnector } from '../../plugins/smtp/smtp-connector.ts'
import { wecomConnector } from '../../plugins/wecom/wecom-connector.ts'
import { fullRegistry } from '../support/model-world.ts'

const registry = fullRegistry()
for (const connector of [dingtalkConnector, smsConnector, smtpConnector, wecomConnector])
  registry.addConnector(connector)

const base = toDefinitionSet(BUILT_IN)

/** Codes and paths of everything that is wrong with a connection of these settings. */
function faultsOf(connector: string, settings: object | undefined): readonly string[] {
  const definition = {
    ...{ kind: 'connection', name: 'example', id: '019a0000-0000-7000-8000-000000000003', connector },
    ...(settings === undefined ? {} : { settings }),
  }
  const item = { kind: 'connection', name: 'example', definition } as const
  const { definitions, changed } = layOver(base, [item])
  return checkCandidate(definitions, registry, changed).map(({ code, path }) => `${code} ${path}`)
}

describe('every connector', () => {
  for (const connector of registry.connectors()) {
    describe(connector.name, () => {
      for (const settings of connector.examples.valid) {
        it(`takes ${JSON.stringify(settings)}`, () =>
          expect(faultsOf(connector.name, settings)).to.deep.equal([]))
      }
      for (const settings of connector.examples.invalid) {
        it(`refuses ${JSON.stringify(settings)}, below the settings`, () => {
          const faults = faultsOf(connector.name, settings)
          expect(faults).to.not.deep.equal([])
          for (const fault of faults) expect(fault).to.match(/ \/connection\/example\/settings\//)
        })
      }
      it('keeps no secret among its settings', () => {
        const settings = Object.keys((connector.settings.properties ?? {}) as object)
        expect(settings.filter((key) => connector.secrets[key] !== undefined)).to.deep.equal([])
      })
      it('has words in both languages', () => {
        const settings = Object.values(
          connector.settings.properties as Record<
            string,
            { title: string; description: string; 'x-zh': { title: string; description: string } }
          >,
        ).flatMap(({ title, description, 'x-zh': chinese }) => [
          { en: title, 'zh-CN': chinese.title },
          { en: description, 'zh-CN': chinese.description },
        ])
        const secrets = Object.values(connector.secrets).flatMap(({ label, description }) => [
          label,
          description,
        ])
        for (const { en, 'zh-CN': chinese } of [
          connector.label,
          connector.description,
          ...settings,
          ...secrets,
        ]) {
          expect(en).to.match(/^[\x20-\x7e“”’…–]+$/)
          expect(chinese).to.match(/\p{Script=Han}|^AppKey$|^AppSecret$|^AgentId$|^AccessKey ID$/u)
        }
      })
    })
  }

  const faults = [
    { connector: 'wecon', settings: {}, is: 'META_VALUE_INVALID /connection/example/connector' },
    { connector: 'wecom', settings: undefined, is: 'META_KEY_MISSING /connection/example/settings' },
  ]
  for (const { connector, settings, is } of faults) {
    it(`is told to be missing or incomplete: ${is}`, () =>
      expect(faultsOf(connector, settings)).to.deep.equal([is]))
  }

  it('stands in the schema of its kind', () => {
    const schema = kindSchema(registry, 'connection') as { properties: { connector: { enum: string[] } } }
    expect(schema.properties.connector.enum).to.deep.equal(['http', 'dingtalk', 'sms', 'smtp', 'wecom'])
  })

  it('is refused when it is declared wrongly, or twice', () => {
    expect(() => defineConnector({ ...smsConnector, name: 'Short message' })).to.throw('snake_case')
    expect(() => defineConnector({ ...smsConnector, settings: { type: 'object' } })).to.throw('further keys')
    expect(() => defineConnector({ ...smsConnector, hookSecret: 'nothing' })).to.throw('no secret')
    expect(() => defineConnector({ ...smsConnector, examples: { valid: [], invalid: [] } })).to.throw(
      'example',
    )
    const own = createRegistry()
    own.addConnector(smsConnector)
    expect(() => own.addConnector(smsConnector)).to.throw('twice')
  })
})
