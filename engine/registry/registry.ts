import type { FieldDefinition } from '../../metadata/text.ts'
import type { Action } from './action.ts'
import type { Connector } from './connector.ts'
import type { FieldType } from './field-type.ts'
import type { AssigningPort, RefusalPort, ReportsPort, SearchPort } from './ports.ts'
import type { VaultPort } from './vault.ts'
import { type FurtherWords, type WordsByTag, wordsFor } from './words.ts'

/** What the engine is made of beyond its core: built-ins and plugins register here, through the same door. */
export interface Registry {
  addFieldType(type: FieldType): void
  fieldType(name: string): FieldType | undefined
  /** The type of a field, as its configuration makes it. */
  typeOf(field: FieldDefinition): FieldType | undefined
  fieldTypes(): readonly FieldType[]
  addAction(action: Action): void
  action(name: string): Action | undefined
  actions(): readonly Action[]
  addConnector(connector: Connector): void
  connector(name: string): Connector | undefined
  connectors(): readonly Connector[]
  /** Ports whose types stand above, by name; each is filled and read through the one module that knows its type. */
  readonly ports: Map<string, unknown>
  setSearch(port: SearchPort): void
  search(): SearchPort
  setAssigning(port: AssigningPort): void
  assigning(): AssigningPort
  setRefusals(port: RefusalPort): void
  refusals(): RefusalPort
  setReports(port: ReportsPort): void
  reports(): ReportsPort
  setVaults(port: VaultPort): void
  vaults(): VaultPort
  setWords(words: WordsByTag): void
  /** What the files of that language say for the engine; undefined where it has none. */
  words(tag: string): FurtherWords | undefined
}

/** A registry of its own per engine; duplicates throw at once. */
export function createRegistry(): Registry {
  const fieldTypes = new Map<string, FieldType>()
  const actions = new Map<string, Action>()
  const connectors = new Map<string, Connector>()
  let searchPort: SearchPort | undefined
  let assigningPort: AssigningPort | undefined
  let refusalPort: RefusalPort | undefined
  let reportsPort: ReportsPort | undefined
  let vaultPort: VaultPort | undefined
  let furtherWords: WordsByTag = new Map()
  return {
    addFieldType(type) {
      if (fieldTypes.has(type.name)) throw new Error(`field type "${type.name}" is registered twice`)
      fieldTypes.set(type.name, type)
    },
    fieldType: (name) => fieldTypes.get(name),
    typeOf(field) {
      const type = fieldTypes.get(field.type)
      return type?.resolve === undefined ? type : type.resolve(field)
    },
    fieldTypes: () => [...fieldTypes.values()],
    addAction(action) {
      if (actions.has(action.name)) throw new Error(`action "${action.name}" is registered twice`)
      actions.set(action.name, action)
    },
    action: (name) => actions.get(name),
    actions: () => [...actions.values()],
    addConnector(connector) {
      if (connectors.has(connector.name)) throw new Error(`connector "${connector.name}" is registered twice`)
      connectors.set(connector.name, connector)
    },
    connector: (name) => connectors.get(name),
    connectors: () => [...connectors.values()],
    ports: new Map(),
    setSearch(port) {
      if (searchPort !== undefined) throw new Error('the search port is filled twice')
      searchPort = port
    },
    setAssigning(port) {
      assigningPort = port
    },
    assigning() {
      if (assigningPort === undefined) throw new Error('the assigning port is not filled; app.ts does it')
      return assigningPort
    },
    setRefusals(port) {
      refusalPort = port
    },
    refusals() {
      if (refusalPort === undefined) throw new Error('the refusal port is not filled; app.ts does it')
      return refusalPort
    },
    search() {
      if (searchPort === undefined) throw new Error('the search port is not filled; app.ts does it')
      return searchPort
    },
    setReports(port) {
      if (reportsPort !== undefined) throw new Error('the reports port is filled twice')
      reportsPort = port
    },
    reports() {
      if (reportsPort === undefined) throw new Error('the reports port is not filled; app.ts does it')
      return reportsPort
    },
    setVaults(port) {
      if (vaultPort !== undefined) throw new Error('the vault port is filled twice')
      vaultPort = port
    },
    vaults() {
      if (vaultPort === undefined) throw new Error('the vault port is not filled; app.ts does it')
      return vaultPort
    },
    setWords(words) {
      furtherWords = words
    },
    words: (tag) => wordsFor(furtherWords, tag),
  }
}
