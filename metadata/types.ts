// Generated from metadata/schema by `npm run generate`. Do not edit.
import type { FieldDefinition, Rule, Text } from './text.ts'

export type { FieldDefinition, Rule, Text } from './text.ts'
export type Id = string
export type Name = string
export type Requirement = string
export interface AppDefinition {
  $schema?: string
  kind: 'app'
  id?: Id
  name: Name
  was?: Name
  label?: Text
  requirement?: Requirement
  note?: string
  icon?: string
  for?: Who[]
  nav: NavItem[]
}
export interface Who {
  role: Name
}
export interface NavItem {
  id?: Id
  label?: Text
  entity: Name
  view?: Name
}
export interface EntityDefinition {
  $schema?: string
  kind: 'entity'
  id?: Id
  name: Name
  was?: Name
  label?: Text
  requirement?: Requirement
  note?: string
  plural?: Text
  icon?: string
  title?: Name
  owned?: boolean
  features?: ('comments' | 'files')[]
  /**
   * @maxItems 500
   */
  fields: FieldDefinition[]
  /**
   * @maxItems 20
   */
  unique?: Name[][]
  /**
   * @maxItems 40
   */
  indexes?: string[][]
}
export interface LayoutDefinition {
  $schema?: string
  kind: 'layout'
  id?: Id
  name: Name
  was?: Name
  label?: Text
  requirement?: Requirement
  note?: string
  entity: Name
  for?: Who[]
  form?: Section[]
  page?: Page
}
export interface Section {
  id?: Id
  name: Name
  was?: Name
  label?: Text
  columns?: 1 | 2 | 3
  fields: Name[]
}
export interface Page {
  /**
   * @maxItems 6
   */
  highlights?: Name[]
  tabs?: Tab[]
}
export interface Tab {
  id?: Id
  name: Name
  was?: Name
  label?: Text
  related?: Name
}
export interface OptionSetDefinition {
  $schema?: string
  kind: 'option_set'
  id?: Id
  name: Name
  was?: Name
  label?: Text
  requirement?: Requirement
  note?: string
  /**
   * @minItems 1
   * @maxItems 5000
   */
  options: Option[]
}
export interface Option {
  id?: Id
  name: Name
  was?: Name
  label?: Text
  color?:
    | 'slate'
    | 'clay'
    | 'ochre'
    | 'moss'
    | 'jade'
    | 'sky'
    | 'iris'
    | 'plum'
    | 'blue'
    | 'green'
    | 'red'
    | 'orange'
    | 'grey'
}
export interface PipelineDefinition {
  $schema?: string
  kind: 'pipeline'
  id?: Id
  name: Name
  was?: Name
  label?: Text
  requirement?: Requirement
  note?: string
  entity: Name
  field: Name
  /**
   * @minItems 1
   * @maxItems 60
   */
  stages: Stage[]
}
export interface Stage {
  id?: Id
  name: Name
  was?: Name
  label?: Text
  type: 'open' | 'won' | 'lost'
  next?: Name[]
}
export type Scope = 'none' | 'own' | 'all'
export interface RoleDefinition {
  $schema?: string
  kind: 'role'
  id?: Id
  name: Name
  was?: Name
  label?: Text
  requirement?: Requirement
  note?: string
  default?: Rights
  entities?: {
    [k: string]: Rights
  }
  administration?: ('definitions' | 'publish' | 'users' | 'tokens')[]
}
export interface Rights {
  create?: boolean
  read?: Scope
  update?: Scope
  delete?: Scope
}
export interface TemplateManifest {
  $schema?: string
  name: Name
  version: string
  label: Text
  summary?: Text
  requires?: Name[]
  today?: string
  data?: TemplateData[]
}
export interface TemplateData {
  entity: Name
  file: string
}
export interface TranslationDefinition {
  $schema?: string
  kind: 'translation'
  id?: Id
  name: Name
  was?: Name
  label?: Text
  requirement?: Requirement
  note?: string
  language: string
  texts: {
    [k: string]: string
  }
}
export interface ViewDefinition {
  $schema?: string
  kind: 'view'
  id?: Id
  name: Name
  was?: Name
  label?: Text
  requirement?: Requirement
  note?: string
  entity: Name
  type: 'table'
  filter?: Rule
  /**
   * @maxItems 4
   */
  sort?: string[]
  /**
   * @minItems 1
   * @maxItems 60
   */
  columns: (string | ViewColumn)[]
  for?: Who[]
}
export interface ViewColumn {
  field: string
  total?: 'sum' | 'avg' | 'min' | 'max' | 'count'
}
