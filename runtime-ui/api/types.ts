import type { RecordRules, SectionRule } from '../../metadata/rules/record-rules.ts'
import type { EntityLayout, PageLayout } from './layouts.ts'
/** What the server tells of the model, already cut to the actor and in the asked language. */
export interface Model {
  readonly version: number
  readonly workspace: string
  readonly currency: string
  readonly timeZone: string
  readonly languages: readonly string[]
  readonly apps: readonly App[]
  /** Whether there is a report for the person. */
  readonly hasReports: boolean
  readonly entities: readonly Entity[]
}

export interface App {
  readonly name: string
  readonly label: string
  readonly icon?: string
  readonly nav: readonly NavItem[]
  /** What opens first; the first entry of the navigation where it is absent. */
  readonly home?: { readonly dashboard?: string; readonly report?: string }
}

/** An entity, with or without a view of it, a dashboard or a report. */
export interface NavItem {
  readonly entity?: string
  readonly view?: string
  readonly dashboard?: string
  readonly report?: string
  readonly label: string
  readonly icon?: string
}

export interface Rights {
  readonly create: boolean
  readonly read: boolean
  readonly update: boolean
  /** Records are changed on one's turn to approve alone. */
  readonly onTurn?: boolean
  readonly delete: boolean
  readonly restore: boolean
  /** Whether records are merged into one that one may change, by deleting the others. */
  readonly merge: boolean
  /** Which records may be shared by hand; `some`: it takes a look at the record. */
  readonly share: 'none' | 'own' | 'team' | 'team_tree' | 'all' | 'some'
  readonly export: boolean
  /** Whether many records may be written in one call. */
  readonly bulk: boolean
  /** Whether records may be made from the rows of a file. */
  readonly import: boolean
}

export interface Entity {
  readonly name: string
  /** The engine's own. */
  readonly builtIn?: true
  readonly label: string
  readonly plural: string
  readonly icon?: string
  /** The field that names a record. */
  readonly title?: string
  readonly owned: boolean
  /** The pools in which its records lie that have no owner. */
  readonly pools: readonly {
    readonly id: string
    readonly name: string
    readonly label: string
    /** Whether records return to it by time. */
    readonly recycles: boolean
  }[]
  /** Something gives its records their owners. */
  readonly assigned: boolean
  /** And new owners have to accept them. */
  readonly accepts: boolean
  readonly features: readonly string[]
  readonly rights: Rights
  readonly fields: readonly Field[]
  readonly relations: readonly Relation[]
  readonly views: readonly View[]
  readonly page: PageLayout
  readonly sections: readonly Section[]
  /** The same for some records alone; the first of which all holds is used. */
  readonly layouts?: readonly EntityLayout[]
  readonly pipelines: Readonly<Record<string, readonly Stage[]>>
  /** What the timelines of its records may tell: `change`, `record.call`. */
  readonly timeline: readonly string[]
  /** What sort of work its records are; absent where they are none. */
  readonly activity?: ActivityInfo
  /** Whether duplicate rules say which of its records are alike. */
  readonly compared?: boolean
  /** Whether records are submitted for approval. */
  readonly approvals?: boolean
  /** Whether its records come from others, or others from them. */
  readonly lane?: boolean
  /** What its records become; absent where one may not convert them. */
  readonly converts?: readonly Conversion[]
  /** Flows that run on a record by a button. */
  readonly buttons: readonly {
    readonly name: string
    readonly label: string
    /** Whether it stands on some records alone. */
    readonly conditional?: boolean
  }[]
}

/** What sort of work records tell of, and which of their fields matters for what. */
export interface ActivityInfo {
  readonly as: 'call' | 'task' | 'meeting' | 'note'
  readonly at?: string
  readonly outcome?: string
  readonly words?: string
  readonly next?: string
  readonly status?: string
  readonly done?: readonly string[]
  /** What a next step becomes; absent where one may not make it. */
  readonly followUp?: { readonly entity: string; readonly set?: Readonly<Record<string, unknown>> }
}

/** One record that a conversion makes. */
export interface Conversion {
  readonly name: string
  readonly entity: string
  readonly label: string
  readonly isOptional: boolean
  /** Whether one may make a new one. */
  readonly may: boolean
}

export interface Option {
  readonly name: string
  readonly label: string
  readonly color?: string
  /** The option of another field under which it stands. */
  readonly under?: string
}

export interface Stage extends Option {
  readonly type: 'open' | 'won' | 'lost'
  /** Where a record may go from here; absent = anywhere. */
  readonly next?: readonly string[]
  /** What one reads while a record stands there. */
  readonly guide?: string
  /** Fields that it asks for: an open one of those who move on, another of those who come. */
  readonly requires?: readonly string[]
  /** What must hold when its fields are asked for, in words, and the fields that it is about. */
  readonly must?: string
  readonly asks?: readonly string[]
  /** Of several pipelines on its field, which one it belongs to. */
  readonly pipeline?: string
  /** None of one's roles brings a record into it. */
  readonly barred?: boolean
}

export interface Field {
  readonly name: string
  readonly label: string
  readonly help?: string
  readonly type: string
  readonly ruleType?: string
  readonly required: boolean
  readonly writable: boolean
  /** The actor sees some values masked: a text with asterisks, whatever the type. */
  readonly masked?: boolean
  /** The engine works its value out; `{"error": reason}` stands where it cannot. */
  readonly computed?: 'formula' | 'roll_up'
  readonly sortable: boolean
  readonly groupable: boolean
  /** Operators of the rule catalogue that make sense in a filter. */
  readonly operators: readonly string[]
  readonly options?: readonly Option[]
  /** There are more options than are sent along; `/api/forms/{entity}/options` tells of them. */
  readonly longOptions?: boolean
  readonly relation?: {
    readonly kind: 'one' | 'dynamic' | 'many' | 'children'
    readonly to: readonly string[]
    /** The field of the record that narrows what is offered, and the field of the offered ones that must hold its value. */
    readonly dependsOn?: string
    readonly by?: string
  }
  readonly currency?: string
  readonly scale?: number
  /** Of a tags field: its groups, and the tags that rules give. */
  readonly tags?: TagsInfo
}

export interface TagsInfo {
  readonly groups: readonly {
    readonly name: string
    readonly label: string
    readonly pick: 'one' | 'many'
    readonly by: 'people' | 'rule'
    readonly options: readonly Option[]
  }[]
  /** `sentence` tells when a rule holds, to those who may know. */
  readonly rules: readonly { readonly tag: string; readonly label: string; readonly sentence?: string }[]
}

/** A way to the records that point here: the other entity and its field. */
export interface Relation {
  readonly name: string
  readonly label: string
  readonly entity: string
  readonly field: string
}

/** A person or a team. */
export interface BelongsTo {
  readonly user?: string
  readonly team?: string
}

export interface View {
  readonly name: string
  readonly label: string
  readonly type: 'table' | 'tree' | 'board' | 'cards' | 'calendar'
  /** Whether the list opens with it. */
  readonly default?: boolean
  /** Of a board: the field whose values are its rows. */
  readonly lanes?: string
  /** Of a board: how many records a column should have at most, by its value. */
  readonly limits?: Readonly<Record<string, number>>
  /** Of a calendar: on which day a record stands, and up to which. */
  readonly date?: string
  readonly until?: string
  /** The field whose values are the columns of a board, or the groups of a table. */
  readonly group?: string
  /** How many columns stay while the others are scrolled sideways; the name where it is absent. */
  readonly frozen?: number
  /** Whose own it is; everybody's where it is absent. */
  readonly belongsTo?: BelongsTo
  readonly columns: readonly ViewColumn[]
  readonly sort: readonly string[]
  readonly filter?: unknown
}

export interface ViewColumn {
  readonly field: string
  readonly total?: 'sum' | 'avg' | 'min' | 'max' | 'count'
  /** Pixels. */
  readonly width?: number
}

export interface Section {
  readonly name: string
  readonly label: string
  readonly columns: number
  readonly fields: readonly string[]
}

/** A record as the API sends it: values by field name. */
export interface RecordData {
  readonly id: string
  readonly version?: number
  readonly [field: string]: unknown
}

/** A lookup after expansion; hidden when the other record is not for this actor. */
export interface Reference {
  readonly id: string | null
  readonly label: string | null
  readonly hidden?: boolean
  /** It is a pool, by this name. */
  readonly pool?: string
  /** The other record's entity, where the lookup may lead to several. */
  readonly entity?: string
}

export interface ListPage<T = RecordData> {
  readonly data: readonly T[]
  readonly page: { readonly next: string | null }
  readonly count?: number
  readonly count_kind?: 'exact' | 'estimated'
  /** Of the recycle bin: by id, into which records those were merged that were. */
  readonly merged?: Readonly<Record<string, Reference>>
}

export interface Me {
  readonly user: {
    readonly id: string
    readonly name: string
    readonly email: string
    readonly language?: string | null
  }
  readonly roles: readonly string[]
  readonly administration: readonly string[]
  /** The kinds of definitions that one edits. */
  readonly definitions: readonly string[]
  /** Who really looks, where one sees as this user does; nothing can be changed then. */
  readonly viewer?: { readonly id: string; readonly name: string; readonly until: string }
  readonly language?: string
  readonly workspace: string
  /** What the person has arranged for themselves, on every device. */
  readonly settings: OwnSettings
  /** What was announced and not put away, newest first. */
  readonly news?: readonly News[]
  /** The live workspace, where this one is a sandbox of it. */
  readonly sandbox_of?: string
  /** What people call the sandbox that this is. */
  readonly workspace_label?: string
  /** The draft that the person tries before all have it. */
  readonly pilot?: { readonly changeset: string; readonly label: string; readonly since: string }
}

/** What is new with a version, in plain words. */
export interface News {
  readonly version: number
  readonly text: string
  readonly published_at: string
}

/** A page that a person wants at hand, under the name that it had then. */
export type Favourite =
  | { readonly kind: 'record'; readonly entity: string; readonly id: string; readonly label: string }
  | { readonly kind: 'list'; readonly entity: string; readonly view?: string; readonly label: string }
  | { readonly kind: 'dashboard'; readonly name: string; readonly label: string }
  | { readonly kind: 'report'; readonly name: string; readonly label: string }

export interface OwnSettings {
  readonly favourites: readonly Favourite[]
  readonly opening_views: Readonly<Record<string, string>>
  /** The version up to which what is new was put away. */
  readonly news_seen?: number
  /** Tours that were taken or put away. */
  readonly tours_seen?: readonly TourName[]
}

export type TourName = 'work' | 'designer'

/** A generated form for the asking actor. */
/** What a form works out itself while it is filled in, with what its rules look at besides its own fields. */
export interface FormRules extends Omit<RecordRules, 'sections'> {
  /** `because` says in words when the section is there. */
  readonly sections: readonly (SectionRule & { readonly because: string })[]
  /** Rules that only the server can judge. */
  readonly left: readonly { readonly on: string; readonly name: string }[]
  readonly requiredWhereShown: readonly string[]
  /** Paths through lookups at which rules look. */
  readonly relatives: readonly string[]
  readonly values: Readonly<Record<string, unknown>>
  readonly unseen: readonly string[]
  readonly actor: Readonly<Record<string, unknown>>
  readonly settings: Readonly<Record<string, unknown>>
  readonly now: string
  readonly today: string
  readonly time_zone: string
  readonly calendar?: {
    readonly weekdays: readonly number[]
    readonly holidays: readonly string[]
    readonly workdays: readonly string[]
  }
}

export interface FormDescription {
  readonly entity: string
  readonly layout: string | null
  readonly schema: { readonly [key: string]: unknown }
  readonly uiSchema: { readonly [key: string]: unknown }
  readonly rules: FormRules
  /** Address of an ES module with the precompiled validators. */
  readonly validator: string
  readonly record: RecordData | null
  readonly version?: number
  /** What of the record duplicate rules look at: fields that together can be compared, and all they look at. */
  readonly alike?: { readonly match: readonly (readonly string[])[]; readonly fields: readonly string[] }
}
