// Generated from metadata/schema by `npm run generate`. Do not edit.
import type { FieldDefinition, FlowStep, Rule, Scope, Text } from './text.ts'

export type { FieldDefinition, FlowStep, Rule, Scope, Text } from './text.ts'
/**
 * Lower-case letters, digits and underscores, a letter first, at most 40.
 */
export type Name = string
/**
 * The name of an icon; one that is not known shows a cube.
 */
export type Icon = string
/**
 * A UUID.
 */
export type Id = string
/**
 * Capital letters, digits and hyphens.
 */
export type Requirement = string
/**
 * One requirement, or a list of several.
 *
 * @minItems 1
 * @maxItems 50
 */
export type Requirements = string | Requirement[]
/**
 * A class of personal data: contact, identity, financial, health or other.
 */
export type PersonalClass = 'contact' | 'identity' | 'financial' | 'health' | 'other'
/**
 * Who sees and changes the values of one field.
 */
export interface FieldRight {
  /**
   * Whether values are shown: true, false, masked, or a rule over the record and the actor.
   */
  read?: boolean | 'masked' | Readonly<Record<string, unknown>>
  /**
   * Whether values may be changed where the record may: true, false, or a rule over the record and the actor.
   */
  edit?: boolean | Readonly<Record<string, unknown>>
}
/**
 * Something that Tenon does with a move: update fields, tag a record, create one.
 */
export interface StageAction {
  /**
   * update sets fields, tag adds and removes tags, create makes a record.
   */
  do: 'update' | 'tag' | 'create'
  /**
   * The lookup to the record that is updated or tagged; the record itself when absent. Where it is empty nothing is done.
   */
  record?: Name
  /**
   * Of what a record is created.
   */
  entity?: Name
  /**
   * Values by field. An object with an operator, such as {"var": "owner"}, is worked out over the record that moved; {"literal": …} is taken as it is.
   */
  set?: Readonly<Record<string, unknown>>
  /**
   * The field of tags; the only one of the record when absent.
   */
  field?: Name
  /**
   * Tags to add.
   *
   * @minItems 1
   * @maxItems 20
   */
  add?: string[]
  /**
   * Tags to take away.
   *
   * @minItems 1
   * @maxItems 20
   */
  remove?: string[]
}
/**
 * One form for people everywhere.
 */
export interface Who {
  /**
   * Everybody who has this role.
   */
  role: Name
}
/**
 * Somebody, in the one form that all process kinds share. People who are deactivated are passed over.
 */
export interface People {
  /**
   * The user with that e-mail address.
   */
  user?: string
  /**
   * Everybody who has this role.
   */
  role?: Name
  in?: PeopleIn
  /**
   * The members and the leader of the team of that name.
   */
  team?: string
  /**
   * The people in a field of the record, such as owner or account.owner.
   */
  field?: string
  /**
   * The leader of the team of the person in this field; who leads it themselves has the leader of the team above.
   */
  leaderOf?: string
  /**
   * How many leaders up, 1 when absent.
   */
  level?: number
  /**
   * A rule that gives a user or several.
   */
  value?: Rule
}
/**
 * Of those with the role, the ones whose field of the same name holds what the record’s holds: {"field": "campus"}; {"field": "team"} are the members of the record’s team.
 */
export interface PeopleIn {
  /**
   * A field that both the record and users have.
   */
  field: Name
}
/**
 * One or several of the forms of people.
 */
export type PeopleList = People | People[]
/**
 * A time: {"after": "PT2H", "since": field} or {"before": "PT1H", "field": name}.
 */
export interface Limit {
  /**
   * So long after; in JSON an ISO 8601 duration such as P3D (3 days) or PT2H (2 hours).
   */
  after?: Duration
  /**
   * The date from which it counts; from here when absent.
   */
  since?: Name
  /**
   * So long before the date of the field.
   */
  before?: Duration
  /**
   * The date before which it is.
   */
  field?: Name
}
/**
 * How long; in JSON an ISO 8601 duration such as P30D (30 days) or PT2H (2 hours).
 */
export type Duration = string
/**
 * One role, team or user.
 */
export interface Holder {
  /**
   * Everybody who has this role.
   */
  role?: Name
  /**
   * The members and the leader of the team of that name.
   */
  team?: string
  /**
   * The user with that e-mail address.
   */
  user?: string
}
/**
 * One value that can be chosen.
 */
export interface Option {
  /**
   * The value that is stored and that rules compare with.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The option under which it stands, of the same list or of the field on which this one depends: a city under its province.
   */
  under?: Name
  /**
   * The colour of the option in lists and on boards.
   */
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
/**
 * Who may move a record into a stage.
 */
export interface StageEntry {
  /**
   * Roles, one of which is needed besides.
   */
  by: Who[]
}
/**
 * What a role may do with the records of an entity.
 */
export interface Rights {
  /**
   * May create records.
   */
  create?: boolean
  /**
   * Which records may be read.
   */
  read?: Scope
  /**
   * Which records may be changed.
   */
  update?: Scope
  /**
   * Which records may be deleted.
   */
  delete?: Scope
  /**
   * Which deleted records may be brought back; where nothing is said those that may be deleted.
   */
  restore?: Scope
  /**
   * Which records may be given another owner; where nothing is said those that may be changed.
   */
  transfer?: Scope
  /**
   * Which of the records that may be read may be shared by hand with people, teams and roles; where nothing is said none. An entity is open to it once a role names it with this right; the default rights reach only such entities.
   */
  share?: Scope
  /**
   * May create, change and delete many records in one call; where nothing is said yes.
   */
  bulk?: boolean
  /**
   * May import records from files; where nothing is said yes.
   */
  import?: boolean
  /**
   * Which records may be exported to a file, of those that may be read; where nothing is said none.
   */
  export?: Scope
  /**
   * By stage: who, having this role, may move a record into it; the role alone suffices for stages that are not named. An empty list keeps the role out.
   */
  transitions?: {
    [k: string]: StageEntry
  }
  /**
   * Rights on single fields; they come before what the class of personal data says.
   */
  fields?: {
    [k: string]: FieldRight
  }
}
/**
 * How the figures are drawn; a table always stands beside.
 */
export interface ReportChart {
  /**
   * bar, line, pie, funnel, number or table.
   */
  type: 'bar' | 'line' | 'pie' | 'funnel' | 'number' | 'table'
  /**
   * Whether the columns of a matrix stand on one another.
   */
  stacked?: boolean
  /**
   * The figure that is drawn; the first when absent.
   */
  measure?: Name
}
/**
 * A field with the span of time into which its dates are put.
 */
export interface ReportGroup {
  /**
   * The field, also one of a related record, such as account.region.
   */
  field: string
  /**
   * The span of time: day, week, month, quarter or year, by the workspace's time zone and first day of the week.
   */
  bucket: 'day' | 'week' | 'month' | 'quarter' | 'year'
}
/**
 * A dashboard or a report.
 */
export interface AppHome {
  /**
   * The dashboard.
   */
  dashboard?: Name
  /**
   * The report.
   */
  report?: Name
}
/**
 * The person or the team whose own it is; everybody's when absent. Nobody else sees it.
 */
export interface BelongsTo {
  /**
   * The id of the user.
   */
  user?: Id
  /**
   * The id of the team.
   */
  team?: Id
}
/**
 * What a group of people finds in the navigation.
 */
export interface AppDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “app”.
   */
  kind: 'app'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The name of the icon beside the label.
   */
  icon?: Icon
  /**
   * The roles that get this app; everybody when absent.
   *
   * @minItems 1
   * @maxItems 100
   */
  for?: Who[]
  /**
   * What opens first: a dashboard or a report, or of several the first that one opens; the first entry of the navigation when absent.
   */
  home?: AppHome | AppHome[]
  /**
   * The entries of the navigation, in order.
   *
   * @maxItems 200
   */
  nav: NavItem[]
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * One entry of the navigation: an entity, with or without a view of it, a dashboard or a report.
 */
export interface NavItem {
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The entity that it leads to.
   */
  entity?: Name
  /**
   * The view in which the list opens.
   */
  view?: Name
  /**
   * The dashboard that it leads to.
   */
  dashboard?: Name
  /**
   * The report that it leads to.
   */
  report?: Name
  /**
   * The name of the icon beside the label; that of the entity, or one of figures, when absent.
   */
  icon?: Icon
}
/**
 * Who must agree to a record before what follows may happen: level after level, with a trail that stays.
 */
export interface ApprovalDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “approval”.
   */
  kind: 'approval'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * Whether records may be submitted; approvals that run go on.
   */
  active?: boolean
  /**
   * The entity whose records it is about.
   */
  entity: Name
  /**
   * Only where this holds is anybody asked; a record for which it does not is told to need no approval.
   */
  when?: Rule
  /**
   * Who decides, one level after the other.
   *
   * @minItems 1
   * @maxItems 20
   */
  levels: ApprovalLevel[]
  /**
   * Whether the record stays as it is while the approval runs.
   */
  lock?: boolean
  /**
   * What happens where the submitter would decide: superior: their leader does; skip: they are left out; allow: they decide.
   */
  self?: 'superior' | 'skip' | 'allow'
  /**
   * Of somebody who has agreed at an earlier level: every: they are asked again; first_only: their word stands; consecutive: it stands for the level that follows at once.
   */
  repeat?: 'every' | 'first_only' | 'consecutive'
  /**
   * Where a level has nobody who could decide: the people who step in, approve: the level passes by itself, refuse: the record cannot be submitted.
   */
  empty?: 'approve' | 'refuse' | PeopleList
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * The people who decide together.
 */
export interface ApprovalLevel {
  /**
   * The name of the level within the approval.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read.
   */
  label?: Text
  /**
   * Who decides. A chain of leaders is a list with levels 1, 2, 3 and the decision in_order.
   */
  by: PeopleList
  /**
   * any: the first who decides; all: each of them; in_order: each of them, one after the other.
   */
  decide?: 'any' | 'all' | 'in_order'
  /**
   * The level is asked only where this holds of the record.
   */
  when?: Rule
  /**
   * Fields that its people may change while it is their turn, whatever else they may change.
   *
   * @minItems 1
   * @maxItems 60
   */
  edit?: Name[]
  limit?: ApprovalLimit
}
/**
 * What happens when nobody decides in time.
 */
export interface ApprovalLimit {
  /**
   * So long after the level began; in JSON an ISO 8601 duration such as P1D (a day) or PT4H (4 hours).
   */
  after: Duration
  /**
   * Whose working time counts; all time where nothing is said.
   */
  calendar?: Name
  /**
   * remind: those who have not decided are told, and told again after as long; next: it goes on to the next level; return: it goes back to the submitter.
   */
  then: 'remind' | 'next' | 'return'
}
/**
 * Who may get the record: people in the one form of everywhere, or the rows of a table that match.
 */
export type AssignmentTo = PeopleList | AssignmentTable
/**
 * Who gets what no rule gave: the first of them who is present, or a pool. Where nothing is said the owner stays.
 */
export type AssignmentOtherwise = PeopleList | AssignmentPool

/**
 * Who gets a record: the first rule of the table that finds somebody decides.
 */
export interface AssignmentDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “assignment”.
   */
  kind: 'assignment'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * Whether it assigns at all.
   */
  active?: boolean
  /**
   * The entity whose records get an owner; one with owners.
   */
  entity: Name
  /**
   * At which writes: of new records, of changes, or both.
   *
   * @minItems 1
   */
  on: ('created' | 'changed')[]
  /**
   * Of changes only those that give one of these fields another value.
   *
   * @minItems 1
   * @maxItems 60
   */
  fields?: Name[]
  /**
   * The rule table, in order.
   *
   * @minItems 1
   * @maxItems 200
   */
  rules: AssignmentRule[]
  otherwise?: AssignmentOtherwise
  accept?: AssignmentAccept
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * One line of the rule table.
 */
export interface AssignmentRule {
  /**
   * The name of the rule, unique in the assignment.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The rule applies to records for which this holds; to all where nothing is said.
   */
  when?: Rule
  to: AssignmentTo
  /**
   * Who of them comes into question: a rule over candidate.* (fields of the user) and the record.
   */
  candidates?: Rule
  /**
   * Who is next: in turn, who has the fewest open records, or in turn by weight.
   */
  by?: 'round_robin' | 'least_open' | 'weighted'
  /**
   * How many records a candidate gets in comparison with the others, with by weighted; 1 where nothing is said.
   */
  weight?: Rule
  capacity?: AssignmentCapacity
  /**
   * When these people work; outside of it all of them count as full.
   */
  calendar?: Name
  /**
   * What to do where there are people and all of them are full: pass on to the next rule, or leave the record waiting until somebody is free.
   */
  full?: 'next_rule' | 'wait'
}
/**
 * People found in an ordinary entity that business people edit without publishing.
 */
export interface AssignmentTable {
  /**
   * The entity whose records are the rows.
   */
  table: Name
  /**
   * Fields that row and record share: a row counts where each holds what the record’s does; an empty cell matches everything, and rows with fewer empty cells come first.
   *
   * @minItems 1
   * @maxItems 10
   */
  match: Name[]
  /**
   * The field of the row with the user, users or team.
   */
  take: Name
}
/**
 * What one person takes at most; who has that much is full.
 */
export interface AssignmentCapacity {
  /**
   * Records that this assignment gives one person on one day.
   */
  perDay?: number
  /**
   * Records of the entity that the person owns and that are not closed.
   */
  open?: number
}
/**
 * A pool of the entity, from which its members claim.
 */
export interface AssignmentPool {
  /**
   * Its name.
   */
  pool: Name
}
/**
 * How long who was chosen by a rule has to accept the record: with the button, or by changing it. Nobody has to accept what they made themselves.
 */
export interface AssignmentAccept {
  /**
   * The time they have.
   */
  after: Duration
  /**
   * Whose working time counts; all time where nothing is said.
   */
  calendar?: Name
  /**
   * What follows when they have not: the table is read again without those who have had it (next), or the record goes to what is said under otherwise.
   */
  else?: 'next' | 'otherwise'
}
/**
 * Working time: the hours of each weekday, holidays, and days that are worked although their weekday is free.
 */
export interface CalendarDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “calendar”.
   */
  kind: 'calendar'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The workspace’s own calendar: by it rules count working days. One calendar at most says so.
   */
  default?: boolean
  /**
   * Whose clock the hours go by, such as Asia/Shanghai; the workspace’s where nothing is said.
   */
  timeZone?: string
  /**
   * When work is done: a line for each shift, with its weekdays.
   *
   * @minItems 1
   * @maxItems 40
   */
  hours: CalendarShift[]
  /**
   * Days off although their weekday is worked.
   *
   * @maxItems 400
   */
  holidays?: CalendarHoliday[]
  /**
   * Days that are worked although their weekday is free: make-up days.
   *
   * @maxItems 400
   */
  workdays?: CalendarWorkday[]
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * One span of working time on some weekdays.
 */
export interface CalendarShift {
  /**
   * Weekdays on which the shift begins.
   *
   * @minItems 1
   * @maxItems 7
   */
  days: ('monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday')[]
  /**
   * When it begins, 09:00.
   */
  from: string
  /**
   * When it ends; a time that is not later is the next day’s.
   */
  to: string
}
/**
 * A day off, or several in a row.
 */
export interface CalendarHoliday {
  /**
   * What it is called.
   */
  label?: Text
  /**
   * The first day, 2026-02-15.
   */
  from: string
  /**
   * The last day; the first one where nothing is said.
   */
  to?: string
}
/**
 * A day with the hours of another weekday.
 */
export interface CalendarWorkday {
  /**
   * What it makes up for.
   */
  label?: Text
  /**
   * The day, 2026-02-14.
   */
  day: string
  /**
   * The weekday whose hours it has; where nothing is said the first of the week that is worked.
   */
  as?: 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday'
}
/**
 * Another system that flows call and through which people are told. Its secrets are no part of it: they are set in the workspace and kept encrypted.
 */
export interface ConnectionDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “connection”.
   */
  kind: 'connection'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * What sort of system it is: http, or a connector of a plugin (smtp, wecom, sms, dingtalk).
   */
  connector: Name
  /**
   * What its connector asks for; nothing secret.
   */
  settings?: {}
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * Reports side by side.
 */
export interface DashboardDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “dashboard”.
   */
  kind: 'dashboard'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The time with which all its reports begin; each its own when absent.
   */
  period?:
    | 'today'
    | 'yesterday'
    | 'this_week'
    | 'last_week'
    | 'this_month'
    | 'last_month'
    | 'this_quarter'
    | 'last_quarter'
    | 'this_year'
    | 'last_year'
    | 'last_7_days'
    | 'last_30_days'
    | 'last_90_days'
    | 'last_12_months'
    | 'all'
  /**
   * The tiles in order; they fill the grid row by row.
   *
   * @minItems 1
   * @maxItems 40
   */
  tiles: DashboardTile[]
  /**
   * The roles that get this dashboard; everybody when absent.
   *
   * @minItems 1
   * @maxItems 100
   */
  for?: Who[]
  /**
   * The person or the team whose own it is; everybody's when absent. Nobody else sees it.
   */
  belongsTo?: BelongsTo
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * One part of the grid.
 */
export interface DashboardTile {
  /**
   * The name of the tile, unique in the dashboard.
   */
  name: Name
  /**
   * Its title; that of the report when absent.
   */
  label?: Text
  /**
   * The report that it shows.
   */
  report?: Name
  /**
   * In place of the chart of the report.
   */
  chart?: ReportChart
  /**
   * Whether it shows the course of the total by its hourly figures.
   */
  trend?: boolean
  /**
   * A text in place of a report.
   */
  text?: Text
  /**
   * Of the twelve columns of the grid.
   */
  width?: 3 | 4 | 6 | 8 | 9 | 12
  /**
   * In rows of the grid.
   */
  height?: number
}
/**
 * A template that becomes a PDF about a record: a contract, a quote.
 */
export interface DocumentDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “document”.
   */
  kind: 'document'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The entity whose records become the document; the places are its fields.
   */
  entity: Name
  /**
   * The name of the file and the title within it, with {{places}}; in one or both languages.
   */
  title:
    | string
    | {
        /**
         * The text in English.
         */
        en?: string
        /**
         * The text in Chinese.
         */
        'zh-CN'?: string
      }
  /**
   * The text, with {{places}}, {{#if}} … {{/if}} and {{#each lines}} … {{/each}} for each related record of a relation: # and ## begin headings, - an item, | cells | of a table |, --- a line, **words** stand out; empty lines part paragraphs. In one or both languages.
   */
  body:
    | string
    | {
        /**
         * The text in English.
         */
        en?: string
        /**
         * The text in Chinese.
         */
        'zh-CN'?: string
      }
  /**
   * The size of a page.
   */
  paper?: 'a4' | 'letter'
  /**
   * Where the workspace's logo (the setting logo) stands, at the head of pages: on every one, on the first, or on none.
   */
  logo?: 'every_page' | 'first_page' | 'none'
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * What counts as the same record twice, and what happens when somebody is about to store it: in the form, through the API, in an import and on restoring alike.
 */
export interface DuplicateRuleDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “duplicate_rule”.
   */
  kind: 'duplicate_rule'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The entity whose records are compared when they are saved.
   */
  entity: Name
  /**
   * What is compared; one that matches is enough.
   *
   * @minItems 1
   * @maxItems 10
   *
   * Items: One field by which records are compared, and with what.
   */
  match: {
    /**
     * The field of the saved record: text, phone, e-mail or URL.
     */
    field: Name
    /**
     * As what it is compared: phone, email, credit_code (unified social credit code), company (without legal form, brackets and a leading or bracketed place), person (in any order of words), text (letters and digits alone). Left out, a phone and an e-mail as such, all else as text.
     */
    as?: 'phone' | 'email' | 'credit_code' | 'company' | 'person' | 'text'
    /**
     * How alike two names must be, as a fraction: 0.85 lets one character in seven differ. Left out, they must be equal once brought into one form.
     */
    similar?: number
    /**
     * A lookup or select field in which both records must have the same value as well, such as the account of two contacts.
     */
    within?: Name
    /**
     * Further fields with which it is compared, as entity.field: contact.phone.
     *
     * @minItems 1
     * @maxItems 10
     */
    against?: string[]
  }[]
  /**
   * The saved records to which this applies; all where nothing is said. It looks at the record as it will be stored, its relatives and the actor.
   */
  when?: Rule
  /**
   * What happens when there is a match: allow (it is stored, and the match is told and kept in the history), warn (it is stored once somebody says so), block (it is not stored).
   */
  then: 'allow' | 'warn' | 'block'
  /**
   * Through what the rule warns or blocks: form, api, import, webform; all where nothing is said. Elsewhere a match is allowed and told. A web form never refuses: by a rule that warns or blocks the visitor’s record is the one that is there.
   *
   * @minItems 1
   */
  via?: ('form' | 'api' | 'import' | 'webform')[]
  /**
   * What of a matching record is told to those who may not read it: existence (that there is one), or owner (also whose it is). Never its values.
   */
  tell?: 'existence' | 'owner'
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * A business object: a table of records with typed fields.
 */
export interface EntityDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “entity”.
   */
  kind: 'entity'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The label of many records, as navigation and lists show it.
   */
  plural?: Text
  /**
   * The name of the icon beside the label.
   */
  icon?: Icon
  /**
   * What it belongs to in the picture of the data model: entities whose groups are called the same share a frame there.
   */
  group?: Text
  /**
   * The field whose text names a record wherever it is mentioned.
   */
  title?: Name
  /**
   * Each record has an owner; the scope “own” reaches their records.
   */
  owned?: boolean
  /**
   * What the record page offers besides fields: comments, files.
   */
  features?: ('comments' | 'files')[]
  /**
   * The attributes of a record, in the order in which they are shown.
   *
   * @maxItems 500
   */
  fields: FieldDefinition[]
  activity?: Activity
  /**
   * The lookup to what records of this entity come from: the lane shows both as one way.
   */
  origin?: Name
  convert?: Conversion
  /**
   * Lists of fields whose values together occur at most once among live records.
   *
   * @maxItems 20
   */
  unique?: Name[][]
  /**
   * Lists of fields that are often filtered and sorted by together; a minus means descending. A plus, behind the others, carries a value along: counts and sums then read the index alone.
   *
   * @maxItems 40
   */
  indexes?: string[][]
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * Records of this entity tell of work with others: a call, a task, a meeting, a note. Pages then offer to note one down, and know which of its fields matters for what.
 */
export interface Activity {
  /**
   * What sort of work it is.
   */
  as: 'call' | 'task' | 'meeting' | 'note'
  /**
   * The date or time of it: when it began, or is due.
   */
  at?: Name
  /**
   * The choice that says what came of it; while calling one after the other, keys 1 to 9 choose it.
   */
  outcome?: Name
  /**
   * The text that tells what was said.
   */
  words?: Name
  /**
   * The date or time at which to be in touch again.
   */
  next?: Name
  followUp?: FollowUp
  /**
   * The choice that says whether it is done.
   */
  status?: Name
  /**
   * The options of the status at which nothing is left to do; the first is set by “done”.
   *
   * @minItems 1
   * @maxItems 20
   */
  done?: Name[]
}
/**
 * What is made of a next step that is noted with it: a record of another activity, about the same record.
 */
export interface FollowUp {
  /**
   * An entity with an activity that names its time.
   */
  entity: Name
  /**
   * Values that it begins with, by field.
   */
  set?: Readonly<Record<string, string | number | boolean>>
}
/**
 * What a record becomes by the action “convert”.
 */
export interface Conversion {
  /**
   * The records that are made, one after the other; each may link to those before it.
   *
   * @minItems 1
   * @maxItems 10
   */
  to: ConversionTarget[]
  /**
   * What the converted record holds from then on, such as its stage.
   */
  set?: Readonly<Record<string, unknown>>
}
/**
 * One record that is made, or chosen among those that are there.
 */
export interface ConversionTarget {
  /**
   * By which the call and later targets mean it.
   */
  name: Name
  /**
   * Of what a record is made.
   */
  entity: Name
  /**
   * Values by field. An object with an operator, such as {"var": "company"}, is worked out over the record that is converted, as who converts it sees it; {"literal": …} is taken as it is.
   */
  set?: Readonly<Record<string, unknown>>
  /**
   * Lookups of the new record, by the name of an earlier target; “record” is the one that is converted.
   */
  links?: Readonly<Record<string, string>>
  /**
   * The lookup of the converted record that leads to this one from then on.
   */
  link?: Name
  /**
   * Whether nobody may leave it out.
   */
  required?: boolean
}
/**
 * What Tenon does by itself: something sets it off, its steps follow in order.
 */
export interface FlowDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “flow”.
   */
  kind: 'flow'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * Whether it is set off at all; runs that have begun go on.
   */
  active?: boolean
  trigger: FlowTrigger
  /**
   * one: a record has one run at a time, and one for each moment of its date; once: one ever; many: every time.
   */
  runs?: 'one' | 'once' | 'many'
  /**
   * What one and once count by, in place of the record: {"var": "account"} is one run an account.
   */
  key?: Rule
  /**
   * How many of its runs take a step at the same time at most.
   */
  concurrency?: number
  /**
   * What is done, in order.
   *
   * @minItems 1
   * @maxItems 100
   */
  steps: FlowStep[]
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * What sets it off: a record that changes (on), an outcome of an approval (approval and on), what another system tells (event), a time before or after a date of a record (time), a schedule, or a button on a record.
 */
export interface FlowTrigger {
  /**
   * The entity whose records it is about.
   */
  record?: Name
  /**
   * The approval whose outcome sets it off; the flow is about the record that was submitted.
   */
  approval?: Name
  /**
   * Which writes set it off: created, changed, deleted, restored; with an approval which of its outcomes: submitted, approved, not_needed, rejected, returned, withdrawn.
   *
   * @minItems 1
   */
  on?: (
    | 'created'
    | 'changed'
    | 'deleted'
    | 'restored'
    | 'submitted'
    | 'approved'
    | 'not_needed'
    | 'rejected'
    | 'returned'
    | 'withdrawn'
  )[]
  /**
   * What a connection tells, as connection.event: erp.paid. The flow is about no record; its steps read what was told as steps.trigger.
   */
  event?: string
  /**
   * Of an event: what steps read of it as anything but a text: text, number, id.
   */
  gives?: {
    [k: string]: 'text' | 'number' | 'id'
  }
  /**
   * Of changes only those that touch one of these fields.
   *
   * @minItems 1
   * @maxItems 60
   */
  fields?: Name[]
  /**
   * Only what came through these: the API and pages, an import, a web form, an action of a stage, a flow; all when absent. What a template brings never sets anything off.
   *
   * @minItems 1
   */
  via?: ('api' | 'form' | 'import' | 'webform' | 'pipeline' | 'flow')[]
  time?: FlowTime
  schedule?: FlowSchedule
  button?: FlowButton
  /**
   * Only where this holds of the record; before.* is what stood there before the write.
   */
  when?: Rule
}
/**
 * A time before or after a date of the record; it moves when the date moves.
 */
export interface FlowTime {
  /**
   * So long before; at the date itself where neither is said.
   */
  before?: Duration
  /**
   * So long after.
   */
  after?: Duration
  /**
   * A date, or date and time. A date begins at midnight in the workspace’s time zone.
   */
  field: Name
  /**
   * What to do where the time is over already when the date is set: now, or skip.
   */
  missed?: 'now' | 'skip'
}
/**
 * Comes again by the clock of the workspace’s time zone.
 */
export interface FlowSchedule {
  /**
   * Minute, hour, day, month, weekday: 0 9 * * 1 is Mondays at nine.
   */
  cron?: string
  /**
   * Again and again, in JSON such as P1D (daily) or PT15M (every 15 minutes), counted from when the flow was published.
   */
  every?: Duration
}
/**
 * A button on the record, for those who may change it.
 */
export interface FlowButton {
  /**
   * The roles that have it; all when absent.
   *
   * @minItems 1
   * @maxItems 20
   */
  for?: Who[]
}
/**
 * How the form and the page of a record are arranged.
 */
export interface LayoutDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “layout”.
   */
  kind: 'layout'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The entity whose records are shown.
   */
  entity: Name
  /**
   * The roles that get this layout; everybody when absent.
   *
   * @minItems 1
   * @maxItems 100
   */
  for?: Who[]
  /**
   * The records that it is used for: those that hold one of these options in each of the fields. All records when absent; of several layouts that fit, the one that says most is used, and a new record begins in one without.
   *
   * @minItems 1
   * @maxItems 5
   */
  where?: LayoutWhere[]
  /**
   * The sections of the form, in order.
   *
   * @maxItems 60
   */
  form?: Section[]
  /**
   * How the sections of the form are shown: one below the other, as tabs, or as steps that lead through a new record one after the other; a record that is there shows its steps as tabs.
   */
  formAs?: 'sections' | 'tabs' | 'steps'
  page?: Page
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * A field that holds one of several options, or a stage.
 */
export interface LayoutWhere {
  /**
   * A field with options, or the field of a pipeline.
   */
  field: Name
  /**
   * The options or stages for which it is used.
   *
   * @minItems 1
   * @maxItems 100
   */
  is: Name[]
}
/**
 * A titled group of fields in the form.
 */
export interface Section {
  /**
   * The name of the section, unique in the form.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * In how many columns the fields stand on a wide screen.
   */
  columns?: 1 | 2 | 3
  /**
   * The fields in order.
   *
   * @maxItems 500
   */
  fields: Name[]
  /**
   * The section is shown only where this holds; what stands in a hidden one is not asked for.
   */
  visibleWhen?: Rule
}
/**
 * What the record page shows around the form.
 */
export interface Page {
  /**
   * The fields at the top of the page.
   *
   * @maxItems 6
   */
  highlights?: Name[]
  /**
   * Groups of figures and fields that tell the whole story of a record at a glance.
   *
   * @maxItems 8
   */
  overview?: OverviewGroup[]
  /**
   * The tabs of the page, in order.
   *
   * @maxItems 40
   */
  tabs?: Tab[]
}
/**
 * What is told of one side of a record, such as its deals or its service.
 */
export interface OverviewGroup {
  /**
   * What people read, in one or more languages.
   */
  label: Text
  /**
   * Fields of the record itself.
   *
   * @maxItems 8
   */
  fields?: Name[]
  /**
   * Figures over related records; each person’s are of the records that they may read.
   *
   * @maxItems 8
   */
  figures?: OverviewFigure[]
}
/**
 * One figure over the records of another entity that point at the record.
 */
export interface OverviewFigure {
  /**
   * What people read, in one or more languages.
   */
  label: Text
  /**
   * The entity whose records are counted or summed.
   */
  of: Name
  /**
   * Its lookup that leads to the record.
   */
  by: Name
  /**
   * What is worked out.
   */
  fn: 'count' | 'sum' | 'avg' | 'min' | 'max'
  /**
   * Of which field; a count has none.
   */
  field?: Name
  /**
   * Only these of the records.
   */
  filter?: Rule
}
/**
 * One tab: details, history, comments, files, or a list of related records.
 */
export interface Tab {
  /**
   * The name of the tab: details, history, comments or files, or any name together with “related”.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The relation whose records the tab lists.
   */
  related?: Name
}
/**
 * What is sent to people: subject and text with places that are filled in.
 */
export interface MessageDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “message”.
   */
  kind: 'message'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The entity about whose records it is sent; the places are its fields then.
   */
  entity?: Name
  /**
   * The subject, with {{places}}; in one or both languages.
   */
  subject:
    | string
    | {
        /**
         * The text in English.
         */
        en?: string
        /**
         * The text in Chinese.
         */
        'zh-CN'?: string
      }
  /**
   * The text, with {{places}} and {{#if}} … {{/if}}; empty lines part paragraphs. In one or both languages.
   */
  body:
    | string
    | {
        /**
         * The text in English.
         */
        en?: string
        /**
         * The text in Chinese.
         */
        'zh-CN'?: string
      }
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * A list of options that several fields share.
 */
export interface OptionSetDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “option_set”.
   */
  kind: 'option_set'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The options, in the order in which they are offered.
   *
   * @minItems 1
   * @maxItems 5000
   */
  options: Option[]
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * A process that a record moves through, stage by stage.
 */
export interface PipelineDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “pipeline”.
   */
  kind: 'pipeline'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The entity whose records move through the stages.
   */
  entity: Name
  /**
   * The field of type stage that holds where a record stands.
   */
  field: Name
  /**
   * Of several pipelines on one field, which records this one leads; one of them says nothing and leads the others.
   */
  when?: Rule
  /**
   * The stages in order; a new record begins in the first.
   *
   * @minItems 1
   * @maxItems 60
   */
  stages: Stage[]
  /**
   * When an open record counts as stalled: rules and filters ask for it as is_stalled.
   */
  stalled?: {
    /**
     * Longer than this: whole days or weeks; in JSON such as P14D (14 days).
     */
    after: string
    /**
     * The date from which it counts; since the record came into its stage when absent.
     */
    since?: Name
    /**
     * Who is told of a record that has stalled, one after the other as long as it does not move.
     *
     * @minItems 1
     * @maxItems 5
     */
    then?: StalledNotice[]
  }
  /**
   * Who may bring a record back to an earlier stage, or out of one that is won or lost; everybody who may change it when absent.
   */
  back?: {
    /**
     * The people who may do it.
     *
     * @minItems 1
     * @maxItems 60
     */
    by: Who[]
  }
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * One station of the process.
 */
export interface Stage {
  /**
   * The value that is stored and that rules compare with.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * Open while work goes on; won or lost when it has ended.
   */
  type: 'open' | 'won' | 'lost'
  /**
   * The stages to which a record may move from here; none when absent.
   *
   * @maxItems 60
   */
  next?: Name[]
  /**
   * How likely a record in this stage is won, kept as a share from 0 to 1: rules ask for it as stage.probability.
   */
  probability?: number
  /**
   * Where records in this stage count in a forecast: rules ask for it as stage.forecast.
   */
  forecast?: 'pipeline' | 'best_case' | 'commit' | 'closed' | 'omitted'
  /**
   * Stages in force that this pipeline no longer has, whose records move here when it is published.
   *
   * @minItems 1
   * @maxItems 60
   */
  takes?: Name[]
  /**
   * Fields that must be filled: of an open stage before a record moves on from it, of a won or lost one before a record enters it.
   *
   * @minItems 1
   * @maxItems 60
   */
  requires?: Name[]
  /**
   * What must hold of the record, asked when its required fields are.
   */
  must?: Rule
  /**
   * What is ticked off while a record stands in this stage.
   *
   * @minItems 1
   * @maxItems 20
   */
  milestones?: Milestone[]
  /**
   * What is done when a record comes into this stage, together with the move.
   *
   * @minItems 1
   * @maxItems 20
   */
  onEnter?: StageAction[]
  /**
   * What is done when a record leaves this stage, together with the move.
   *
   * @minItems 1
   * @maxItems 20
   */
  onLeave?: StageAction[]
  /**
   * What becomes a record of the entity task when a record comes into this stage.
   *
   * @minItems 1
   * @maxItems 20
   */
  todo?: StageTodo[]
  /**
   * What people read while a record stands here: what to do, what good looks like.
   */
  guide?: Text
}
/**
 * One item of the checklist of a stage.
 */
export interface Milestone {
  /**
   * Unique in the pipeline.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * Whether it must be done before a record moves on from the stage.
   */
  required?: boolean
}
/**
 * One task that comes with a stage.
 */
export interface StageTodo {
  /**
   * Unique in the stage.
   */
  name: Name
  /**
   * The title of the task, in the workspace's language.
   */
  label?: Text
  /**
   * Whose task it is: a field of the record that holds a user; its owner when absent.
   */
  to?: {
    /**
     * The field that holds the user.
     */
    field: Name
  }
  /**
   * When it is due, counted from the move.
   */
  due?: {
    /**
     * Whole days or weeks; in JSON such as P7D (7 days).
     */
    after: string
  }
}
/**
 * One telling.
 */
export interface StalledNotice {
  /**
   * So long after the one before, or after the record has stalled: whole days or weeks.
   */
  after?: string
  /**
   * Who is told.
   */
  to: PeopleList
  /**
   * What they are told in one line; how long the record has not moved, when absent.
   */
  title?: Text
  /**
   * The message that is sent instead, filled with the record.
   */
  message?: Name
  /**
   * By which ways: in_app (the bell), mail, wecom, sms, dingtalk; the bell alone when absent.
   *
   * @minItems 1
   */
  through?: ('in_app' | 'mail' | 'wecom' | 'sms' | 'dingtalk')[]
}
/**
 * Records that belong to nobody for the time being: members see them, claim them, and give them back. A pool without “recycle” is a queue.
 */
export interface PoolDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “pool”.
   */
  kind: 'pool'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The entity whose records lie in the pool; one with owners.
   */
  entity: Name
  /**
   * Who sees the records of the pool and claims them: teams, roles, users by their e-mail address. It takes a role that may read the entity besides.
   *
   * @minItems 1
   * @maxItems 100
   */
  members: Holder[]
  /**
   * Fields that nobody but administrators is shown, or may filter and sort by, until the record is claimed.
   *
   * @minItems 1
   * @maxItems 100
   */
  hide?: Name[]
  claim?: PoolClaim
  /**
   * When records return to the pool. A record returns by the rule that comes first.
   *
   * @minItems 1
   * @maxItems 50
   */
  recycle?: PoolRecycle[]
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * How much one member takes.
 */
export interface PoolClaim {
  /**
   * Records that one member claims on one day.
   */
  perDay?: number
  /**
   * Records of the entity that a member owns and that are not closed; who holds that many claims no more.
   */
  holding?: number
  /**
   * How long a member must leave a record alone that they gave back or lost to the pool.
   */
  coolDown?: Duration
}
/**
 * One reason for which records return.
 */
export interface PoolRecycle {
  /**
   * The name of the rule, unique in the pool.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The rule applies to records for which this holds; to all that are not closed where nothing is said.
   */
  when?: Rule
  limit: PoolLimit
  /**
   * How long before it the owner is told.
   */
  warn?: Duration
}
/**
 * How long a record may lie still before it returns to the pool.
 */
export interface PoolLimit {
  /**
   * The time its owner has.
   */
  after: Duration
  /**
   * The date or time from which it counts: a field of the record. What lies before the owner got the record counts from then; so does everything where nothing is said.
   */
  since?: Name
  /**
   * Whose working time counts; all time where nothing is said.
   */
  calendar?: Name
}
/**
 * Figures about records: a list, sums in groups, a matrix, or a funnel.
 */
export interface ReportDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “report”.
   */
  kind: 'report'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The entity whose records are counted.
   */
  entity: Name
  /**
   * Which records count, as JSON Logic; actor.id is who looks.
   */
  filter?: Rule
  period?: ReportPeriod
  /**
   * Fields by which whoever looks narrows the report.
   *
   * @maxItems 6
   */
  parameters?: string[]
  /**
   * The columns of a report that lists records.
   *
   * @minItems 1
   * @maxItems 60
   */
  list?: string[]
  /**
   * What the figures are grouped by, the outermost first.
   *
   * @minItems 1
   * @maxItems 3
   */
  rows?: (string | ReportGroup)[]
  /**
   * What they are grouped by across: makes a matrix.
   *
   * @minItems 1
   * @maxItems 1
   */
  columns?: (string | ReportGroup)[]
  funnel?: ReportFunnel
  /**
   * The figures; how many records where nothing is said.
   *
   * @minItems 1
   * @maxItems 12
   */
  measures?: ReportMeasure[]
  /**
   * Which groups are shown, by their figures, such as sum_amount > 1000.
   */
  having?: Rule
  /**
   * By what the rows are in order, the most important first; a minus means descending.
   *
   * @maxItems 4
   */
  sort?: string[]
  /**
   * How many rows are shown at most; totals go over all.
   */
  limit?: number
  /**
   * Whether totals and subtotals are shown.
   */
  totals?: boolean
  /**
   * Whether the total is compared with that of the period before.
   */
  compare?: boolean
  /**
   * Whether the total is kept each hour, so that its course can be shown.
   */
  trend?: boolean
  /**
   * How the figures are drawn; a table always stands beside.
   */
  chart?: ReportChart
  /**
   * The roles that get this report; everybody when absent.
   *
   * @minItems 1
   * @maxItems 100
   */
  for?: Who[]
  /**
   * The person or the team whose own it is; everybody's when absent. Nobody else sees it.
   */
  belongsTo?: BelongsTo
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * The date by which whoever looks picks a time, and the one that it begins with.
 */
export interface ReportPeriod {
  /**
   * A date or instant.
   */
  field: string
  /**
   * The time with which it begins.
   */
  default?:
    | 'today'
    | 'yesterday'
    | 'this_week'
    | 'last_week'
    | 'this_month'
    | 'last_month'
    | 'this_quarter'
    | 'last_quarter'
    | 'this_year'
    | 'last_year'
    | 'last_7_days'
    | 'last_30_days'
    | 'last_90_days'
    | 'last_12_months'
    | 'all'
}
/**
 * How many records ever came as far as each stage.
 */
export interface ReportFunnel {
  /**
   * The field of stages.
   */
  field: Name
  /**
   * The stages in order; all but the lost ones when absent.
   *
   * @minItems 2
   * @maxItems 30
   */
  stages?: Name[]
}
/**
 * One figure.
 */
export interface ReportMeasure {
  /**
   * How sort, having and charts call it; made of function and field when absent, such as sum_amount.
   */
  name?: Name
  /**
   * What people read.
   */
  label?: Text
  /**
   * count how many, count_distinct how many different, sum, avg average, min smallest, max largest, share which part of the records meets the filter.
   */
  fn: 'count' | 'count_distinct' | 'sum' | 'avg' | 'min' | 'max' | 'share'
  /**
   * The field that is counted or summed; none counts the records.
   */
  field?: string
  /**
   * A number worked out of each record, in place of a field, such as hours_between(created_at, first_called_at).
   */
  value?: Rule
  /**
   * Which of the records count here; for share the part.
   */
  filter?: Rule
  /**
   * How the figure is shown: as its field is where nothing is said.
   */
  format?: 'number' | 'money' | 'percent' | 'hours' | 'days'
}
/**
 * What people with this role may see and do.
 */
export interface RoleDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “role”.
   */
  kind: 'role'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The rights on entities that are not listed.
   */
  default?: Rights
  /**
   * The rights by entity.
   */
  entities?: {
    [k: string]: Rights
  }
  /**
   * The right on fields of each class of personal data: hidden (where nothing is said), masked or read.
   */
  personal?: {
    [k: string]: 'hidden' | 'masked' | 'read'
  }
  /**
   * The views that the role opens, of those that are for it; where nothing is said all of them.
   */
  views?: Name[]
  /**
   * The apps that the role opens, of those that are for it; where nothing is said all of them.
   */
  apps?: Name[]
  /**
   * The reports that the role opens, of those that are for it; where nothing is said all of them.
   */
  reports?: Name[]
  /**
   * The dashboards that the role opens, of those that are for it; where nothing is said all of them.
   */
  dashboards?: Name[]
  /**
   * What the role may administer: edit definitions of every kind, publish them, manage users, hand out roles, make API tokens, read the audit and set how long it is kept, export all definitions, look after the runs of flows, set the secrets of connections and see their calls, make backups.
   */
  administration?: (
    'definitions' | 'publish' | 'users' | 'roles' | 'tokens' | 'audit' | 'export' | 'flows' | 'connections' | 'backups'
  )[]
  /**
   * The kinds of definitions that the role may edit where it may not edit all of them, such as view, layout, message.
   */
  definitions?: Name[]
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * A requirement that runs: what is given, what people do, what must come of it. Tried before every publish, on a copy of the model without business data.
 */
export interface ScenarioDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “scenario”.
   */
  kind: 'scenario'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The requirement that this serves, such as REQ-CUST-001.
   */
  requirement?: Requirement
  /**
   * How much depends on it: must, should or nice; must where nothing is said.
   */
  priority?: 'must' | 'should' | 'nice'
  /**
   * The instant at which it begins, such as 2026-03-02T09:00:00+08:00; that of the first working day of 2026 where nothing is said.
   */
  clock?: string
  /**
   * People and records that are there at the beginning, by the names that steps use: {"lily": {"user": {"roles": ["sales"]}}}.
   */
  given?: {
    [k: string]: {
      [k: string]: {
        [k: string]: unknown
      }
    }
  }
  /**
   * What happens, in order; the first step that does not go as expected ends it.
   *
   * @minItems 1
   * @maxItems 100
   */
  steps: ScenarioStep[]
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * One thing that somebody does, or time that passes.
 */
export interface ScenarioStep {
  /**
   * Who does it: a user of “given”.
   */
  as?: Name
  /**
   * A new record, by its entity: {"account": {…}}.
   */
  create?: {
    [k: string]: {
      [k: string]: unknown
    }
  }
  /**
   * How later steps call the record that is made.
   */
  name?: Name
  /**
   * The same where a record with the value of “by” may be there already.
   */
  upsert?: {
    [k: string]: {
      [k: string]: unknown
    }
  }
  /**
   * The unique field by which an upsert finds the record.
   */
  by?: Name
  /**
   * “accept”: the person has seen which records are like this one, and saves it all the same.
   */
  duplicates?: 'accept'
  /**
   * The web form that a visitor sends with the answers of “set”, agreeing to what it asks.
   */
  webform?: Name
  /**
   * What another system tells through a connection, as connection.event: e_sign.finished. Nobody does it.
   */
  event?: string
  /**
   * What the event says, by name. What it is matched by is left out where a call would have answered it.
   */
  data?: {
    [k: string]: string | number | boolean | null
  }
  /**
   * Files that come with the event: their names by what the event calls them.
   */
  files?: {
    [k: string]: string
  }
  /**
   * A record, or several at once, that “set” and “add” change.
   */
  update?: string | readonly string[]
  /**
   * The new values by field.
   */
  set?: {
    [k: string]: unknown
  }
  /**
   * What is added to lists, by field: {"tags": ["vip"]}.
   */
  add?: {
    /**
     * @minItems 1
     * @maxItems 100
     */
    [k: string]: unknown[]
  }
  /**
   * The record that goes to the recycle bin.
   */
  delete?: Name
  /**
   * The record that comes back from the recycle bin.
   */
  restore?: Name
  /**
   * The record that becomes others, as its entity says.
   */
  convert?: Name
  /**
   * How later steps call what it becomes, by the names of the entity's targets: {"opportunity": "deal"}.
   */
  made?: {
    [k: string]: Name
  }
  /**
   * The record into which those of “with” are merged.
   */
  merge?: Name
  /**
   * The records that are merged into the one of “merge”.
   *
   * @minItems 1
   * @maxItems 20
   */
  with?: Name[]
  /**
   * The record on which a flow’s button is pressed.
   */
  press?: Name
  /**
   * The flow whose button is pressed.
   */
  flow?: Name
  /**
   * The record that is submitted for approval.
   */
  submit?: Name
  /**
   * The record that is approved at its level, by whoever’s turn it is.
   */
  approve?: Name
  /**
   * The record that is rejected.
   */
  reject?: Name
  /**
   * The record that is sent back to its submitter.
   */
  return?: Name
  /**
   * The record whose submission is taken back.
   */
  withdraw?: Name
  /**
   * What is said with a word about an approval.
   */
  comment?: string
  /**
   * The record whose “milestone” is ticked, or unticked where “done” is false.
   */
  tick?: Name
  /**
   * The item of the stage's checklist.
   */
  milestone?: Name
  /**
   * Whether the milestone is ticked from now on.
   */
  done?: boolean
  /**
   * Rows of a file, by entity; the keys are the file's headers.
   */
  import?: {
    /**
     * @minItems 1
     * @maxItems 200
     */
    [k: string]: {
      [k: string]: string | number
    }[]
  }
  /**
   * The record that somebody opens.
   */
  read?: Name
  /**
   * The entity whose records somebody lists.
   */
  list?: Name
  /**
   * The report that somebody looks at.
   */
  report?: Name
  /**
   * The row of the report whose number is clicked, by its keys, such as {"stage": "negotiation"}; {} for a single number. Its records are listed.
   */
  click?: {
    [k: string]: unknown
  }
  /**
   * The dashboard that somebody opens: each row of each of its tiles, with the tile’s name as “tile”.
   */
  dashboard?: Name
  /**
   * The time for which a report is looked at, such as this_month or 2026-01-01..2026-03-31.
   */
  period?: string
  /**
   * The entity whose records somebody groups and sums up.
   */
  summarise?: Name
  /**
   * The entity whose records somebody takes away as a file.
   */
  export?: Name
  /**
   * Which records are listed or summed up; all where nothing is said.
   */
  filter?: Rule
  /**
   * The words for which the list is searched.
   */
  search?: string
  /**
   * The fields by which a summary is grouped.
   *
   * @minItems 1
   * @maxItems 5
   */
  group?: Name[]
  /**
   * What a summary works out: {"fn": "sum", "field": "amount"}; the count where nothing is said.
   *
   * @minItems 1
   * @maxItems 10
   */
  measures?: {
    /**
     * What is worked out.
     */
    fn: 'count' | 'sum' | 'avg' | 'min' | 'max'
    /**
     * Of which field.
     */
    field?: Name
  }[]
  /**
   * How long nothing happens; what is due by then is done. In JSON an ISO 8601 duration such as P30D (30 days).
   */
  wait?: string
  then?: ScenarioThen
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * What must come of it.
 */
export interface ScenarioThen {
  /**
   * Whether it is done (true) or refused (false), for whatever reason.
   */
  ok?: boolean
  /**
   * It is refused, and this is among the reasons.
   */
  problem?: {
    /**
     * The code of the problem, such as FIELD_REQUIRED.
     */
    code: string
    /**
     * The place in what was sent, a JSON pointer such as /amount; any place where nothing is said.
     */
    path?: string
  }
  /**
   * It is refused for exactly these reasons, in any order.
   *
   * @minItems 1
   * @maxItems 50
   */
  problems?: {
    /**
     * The code of the problem, such as FIELD_REQUIRED.
     */
    code: string
    /**
     * The place in what was sent, a JSON pointer such as /amount; any place where nothing is said.
     */
    path?: string
  }[]
  /**
   * Values of the record afterwards; of what is read: as the person sees them, masked ones masked.
   */
  values?: {
    [k: string]: unknown
  }
  /**
   * Fields that the person does not see at all.
   *
   * @minItems 1
   * @maxItems 100
   */
  absent?: Name[]
  /**
   * Who owns the record afterwards: a user, or a pool.
   */
  owner?: Name
  /**
   * The tags of the record afterwards, in any order: the field tags.
   *
   * @maxItems 100
   */
  tags?: string[]
  /**
   * Whether the record is there afterwards, and not in the recycle bin.
   */
  exists?: boolean
  /**
   * The way of the record across entities, from where it began to what came of it: exactly these records, in their order.
   *
   * @minItems 1
   * @maxItems 40
   *
   * Items: A record of the lane.
   */
  lane?: {
    /**
     * Which record.
     */
    record: Name
    /**
     * Who owns it.
     */
    owner?: Name
    /**
     * From its beginning to that of what it led to, an ISO 8601 duration such as P2D.
     */
    lasts?: string
  }[]
  /**
   * Records that the person sees: in the list where one is asked for, else by opening them.
   *
   * @minItems 1
   * @maxItems 100
   */
  visible?: Name[]
  /**
   * Records that the person does not see.
   *
   * @minItems 1
   * @maxItems 100
   */
  hidden?: Name[]
  /**
   * How many records a list has, or how many rows an import stored.
   */
  count?: number
  /**
   * What a summary gives: each row is found among its rows.
   *
   * @maxItems 100
   */
  rows?: {
    [k: string]: unknown
  }[]
  /**
   * How the approval of the record stands, and whose turn it is.
   */
  approval?: {
    /**
     * running, returned, approved, not_needed, rejected or withdrawn.
     */
    state?: 'running' | 'returned' | 'approved' | 'not_needed' | 'rejected' | 'withdrawn'
    /**
     * Those whose turn it is, in any order.
     *
     * @maxItems 20
     */
    waiting?: Name[]
  }
  /**
   * What the history of the record says last: who, what, and each value before and after.
   */
  noted?: {
    /**
     * Who did it.
     */
    by?: Name
    /**
     * What was done.
     */
    action?: 'create' | 'update' | 'delete' | 'restore'
    /**
     * By field: from what to what.
     */
    changes?: {
      [k: string]: {
        /**
         * The value before.
         */
        from?: {
          [k: string]: unknown
        }
        /**
         * The value after.
         */
        to: {
          [k: string]: unknown
        }
      }
    }
  }
}
/**
 * One setting of the workspace: the day on which its weeks begin, its language, its brand, who must agree to a publish.
 */
export type SettingDefinition = {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “setting”.
   */
  kind: 'setting'
  /**
   * Which setting: week_start, language, brand_color, logo, publish_approval.
   */
  name: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * week_start: the first day of the week, 1 Monday to 7 Sunday (Monday when nothing is said). language: en or zh-CN, for whoever has chosen none and for what is written without anybody. brand_color: such as #1a73e8; the pages derive readable colours from it. logo: a PNG, JPEG or WebP picture of at most 96 KB as a data: address. publish_approval: {"needs": 1, "of": [{"role": "administrator"}]}, how many of whom must agree before anything is published.
   */
  value: string | number | {}
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * Gives records to people beyond the scope of their roles: those for which a rule holds, to the ones named in “with”; or those of a parent record, to whoever may reach the parent. It widens which records a role reaches, never which fields it shows, and gives nothing of an entity that a role may not read at all.
 */
export interface SharingDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “sharing”.
   */
  kind: 'sharing'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The entity whose records are shared.
   */
  entity: Name
  /**
   * Which records are shared, a rule over the record, its relatives and the actor; all when absent.
   */
  when?: Rule
  /**
   * Who gets them: a role, a team by its name (its members and its leader), or a user by their e-mail address; one or a list. Nobody gets them by a team or a user that does not exist.
   */
  with?: Holder | Holder[]
  /**
   * Instead of “when” and “with”: a lookup to a parent record. Who may read the parent may read this record; with access “edit”, who may change the parent may change it too.
   */
  through?: Name
  /**
   * What is given: read, or edit (which is read as well). Deleting and giving to another owner are never given.
   */
  access: 'read' | 'edit'
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * A tag that records have while a rule holds: given and taken by the engine, when a record changes and when time passes.
 */
export interface TagRuleDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “tag_rule”.
   */
  kind: 'tag_rule'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The entity whose records get the tag.
   */
  entity: Name
  /**
   * The tags field; left out where the entity has one alone, or where a group says which.
   */
  field?: Name
  /**
   * The group of the tag, one that is kept by rules; a free tag where nothing is said.
   */
  group?: Name
  /**
   * An option of the group, or the word itself.
   */
  tag: string
  /**
   * While this holds, the record has the tag. It looks at the record, its relatives and the day.
   */
  when: Rule
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * The manifest of an installable package of definitions and data.
 */
export interface TemplateManifest {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * The name of the template.
   */
  name: Name
  /**
   * The version of the template, such as 1.4.0.
   */
  version: string
  /**
   * What people read, in one or more languages.
   */
  label: Text
  /**
   * What the template is for, in a sentence or two.
   */
  summary?: Text
  /**
   * The templates that must be installed before.
   */
  requires?: Name[]
  /**
   * The day as of which the data is told: an install shifts all dates so that it becomes its own day.
   */
  today?: string
  /**
   * The data files, in the order in which they are loaded.
   */
  data?: TemplateData[]
  /**
   * What is asked at install, such as campuses. A definition takes an answer by {"$parameter": "name"} as a value or by ${name} in a label; a cell of a data file by ${name}. A list makes entries by {"$each": "name", "item": …}, in which {"$parameter": "item"} is the text and {"$parameter": "item_name"} a name made of it.
   *
   * @maxItems 40
   */
  parameters?: TemplateParameter[]
  /**
   * Pictures in the folder screenshots that the gallery shows before an install.
   *
   * @maxItems 8
   */
  screenshots?: TemplateScreenshot[]
}
/**
 * Records that come with the template.
 */
export interface TemplateData {
  /**
   * The entity of the records.
   */
  entity: Name
  /**
   * The CSV file in the folder data.
   */
  file: string
  /**
   * A unique field by which rows find records that are there and change them, such as the teams of people whose leaders they are.
   */
  by?: Name
  /**
   * A parameter that is a list: every row of the file is made once for each of its texts, which stands where the row says ${item}; ${item_name} is a name made of it.
   */
  each?: Name
}
/**
 * One thing that is asked at install.
 */
export interface TemplateParameter {
  /**
   * The name by which definitions and data take the answer; item and item_name are taken.
   */
  name: Name
  /**
   * What is answered: text (one line), integer, select (one of the options), boolean, list (texts, one a line), color such as #1a73e8.
   */
  type: 'text' | 'integer' | 'select' | 'boolean' | 'list' | 'color'
  /**
   * What is asked, in one or more languages.
   */
  label: Text
  /**
   * What the answer is used for.
   */
  help?: Text
  /**
   * Whether it must be answered; one that need not be and has no default is left out where it is used.
   */
  required?: boolean
  /**
   * The answer where none is given, of the parameter's type.
   */
  default?: string | number | boolean | readonly string[]
  /**
   * What a select offers.
   *
   * @minItems 1
   * @maxItems 100
   */
  options?: TemplateParameterOption[]
  /**
   * The least integer, or the fewest texts of a list.
   */
  min?: number
  /**
   * The greatest integer, the most characters of a text, or the most texts of a list.
   */
  max?: number
}
/**
 * One answer that may be chosen.
 */
export interface TemplateParameterOption {
  /**
   * What stands where the answer is used.
   */
  name: Name
  /**
   * What people read, in one or more languages.
   */
  label?: Text
}
/**
 * A PNG, JPEG or WebP picture of at most 512 KB.
 */
export interface TemplateScreenshot {
  /**
   * The picture in the folder screenshots.
   */
  file: string
  /**
   * The language that is to be read in it, such as en or zh-CN; it is shown to those who read that. For everybody when absent.
   */
  language?: string
  /**
   * What is to be seen, in a sentence.
   */
  label: Text
}
/**
 * The texts of definitions in one further language.
 */
export interface TranslationDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “translation”.
   */
  kind: 'translation'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The language as BCP 47 writes it, such as fr or zh-TW.
   */
  language: string
  /**
   * Text by address: “entity/account” is a label, “entity/account/phone” that of a field, “…#plural” and “…#help” the other texts.
   */
  texts: {
    [k: string]: string
  }
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * What must hold of a record whenever it is saved, in the form, through the API and in an import alike.
 */
export interface ValidationDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “validation”.
   */
  kind: 'validation'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The entity whose records are checked.
   */
  entity: Name
  /**
   * The records to which this applies; all where nothing is said.
   */
  when?: Rule
  /**
   * What must hold of the record as it will be stored; otherwise nothing is saved.
   */
  must: Rule
  /**
   * What people are told, and at which field.
   */
  problem: {
    /**
     * The field at which the message stands; above the form where nothing is said.
     */
    field?: Name
    /**
     * What is wrong and how to put it right, in one sentence.
     */
    message: Text
  }
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * How a list of records is shown.
 */
export interface ViewDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “view”.
   */
  kind: 'view'
  /**
   * The name by which other definitions refer to this one, unique in its kind: lower-case letters, digits and underscores.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * What people read, in one or more languages.
   */
  label?: Text
  /**
   * The entity whose records are listed.
   */
  entity: Name
  /**
   * The form of the list: rows, cards in columns by a value, cards side by side, or days.
   */
  type: 'table' | 'board' | 'cards' | 'calendar'
  /**
   * The field whose values are the columns of a board, a stage or a choice of one: dragging a card gives its record the value. Of a table: the field whose values are its groups, a stage, a choice of one, yes or no, a lookup, a person, a team, or a date by its month.
   */
  group?: Name
  /**
   * Of a board: a second field, a stage or a choice of one, whose values are its rows. Dragging a card to another row gives its record that value.
   */
  lanes?: Name
  /**
   * Of a board: how many records a column should have at most, by its value. More are shown as a warning, never refused.
   */
  limits?: {
    [k: string]: number
  }
  /**
   * Of a calendar: the field of type date or date_time that says on which day a record stands. Dragging it to another day changes the value.
   */
  date?: Name
  /**
   * Of a calendar: the field of the same type that says up to which day a record stands; it stands on one day when absent.
   */
  until?: Name
  /**
   * Which records are shown, as JSON Logic.
   */
  filter?: Rule
  /**
   * The fields to sort by, the most important first; a minus means descending.
   *
   * @maxItems 4
   */
  sort?: string[]
  /**
   * The columns in order, of a board what its cards show; account.region reaches through a lookup.
   *
   * @minItems 1
   * @maxItems 60
   */
  columns: (string | ViewColumn)[]
  /**
   * Of a table: how many columns stay while the others are scrolled sideways; where nothing is said those up to the name.
   */
  frozen?: number
  /**
   * Whether the list opens with it, for those who get it; of several the first one counts. A person may choose another for themselves.
   */
  default?: boolean
  /**
   * The roles that get this view; everybody when absent.
   *
   * @minItems 1
   * @maxItems 100
   */
  for?: Who[]
  /**
   * The person or the team whose own it is; everybody's when absent. Nobody else sees it.
   */
  belongsTo?: BelongsTo
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * A column with more than its field.
 */
export interface ViewColumn {
  /**
   * The field, also one of a related record, such as account.region.
   */
  field: string
  /**
   * What stands under the column for the whole list.
   */
  total?: 'sum' | 'avg' | 'min' | 'max' | 'count'
  /**
   * Pixels that the column has in a table; where nothing is said as many as a column of its kind needs, and a share of what is left.
   */
  width?: number
}
/**
 * A public page on which a visitor without an account leaves answers; each becomes a record, or adds to one that is there already.
 */
export interface WebformDefinition {
  /**
   * Address of the JSON Schema, for completion in an editor; not stored.
   */
  $schema?: string
  /**
   * Always “webform”.
   */
  kind: 'webform'
  /**
   * The name by which other definitions refer to this one, unique in its kind; it stands in the form’s address.
   */
  name: Name
  /**
   * The name in force that this one replaces: renames by hand when no id is written.
   */
  was?: Name
  /**
   * The identity through renames and merges; assigned when it is absent.
   */
  id?: Id
  /**
   * The title of the page, in one or more languages.
   */
  label: Text
  /**
   * The entity of which records are made.
   */
  entity: Name
  /**
   * A paragraph below the title.
   */
  intro?: Text
  /**
   * What the visitor is asked, in this order.
   *
   * @minItems 1
   * @maxItems 60
   */
  fields: WebformField[]
  /**
   * What each record gets besides, by field: values, such as its campaign and tags. A lookup is named by a unique field of what it leads to: {"campaign": {"code": "spring"}}.
   */
  set?: {
    [k: string]: unknown
  }
  /**
   * Parameters of the page’s address that are taken along, such as utm_source; no others are.
   *
   * @minItems 1
   * @maxItems 20
   */
  parameters?: WebformParameter[]
  consent?: WebformConsent
  /**
   * What happens when the entity’s duplicate rules find that the visitor is there already: fill (what is empty is filled, tags and long texts are added), overwrite (answers take the place of what is there), create (a further record, noted as alike).
   */
  onMatch?: 'fill' | 'overwrite' | 'create'
  /**
   * Seconds that a person needs at least; who is faster is a machine.
   */
  minimumSeconds?: number
  perHour?: WebformPerHour
  open?: WebformOpen
  /**
   * What stands on the button.
   */
  submit?: Text
  thanks?: WebformThanks
  /**
   * The sites that may show the form within their pages, such as https://www.example.com; none where nothing is said.
   *
   * @minItems 1
   * @maxItems 50
   */
  sites?: string[]
  /**
   * The requirement that this serves, such as REQ-CUST-001, or a list of several.
   */
  requirement?: Requirements
  /**
   * A remark for those who maintain this.
   */
  note?: string
}
/**
 * A field that the visitor fills in.
 */
export interface WebformField {
  /**
   * A field of the entity.
   */
  field: Name
  /**
   * What the visitor reads; the field’s own label where nothing is said.
   */
  label?: Text
  /**
   * A line below the field.
   */
  help?: Text
  /**
   * Whether an answer is asked for although the entity could do without.
   */
  required?: boolean
  /**
   * Of a field with options those that are offered, in this order; all where nothing is said.
   *
   * @minItems 1
   * @maxItems 200
   */
  options?: Name[]
  /**
   * When the field is shown: a rule over the other fields of the form. What is hidden is neither asked for nor stored.
   */
  visibleWhen?: Rule
  /**
   * When an answer is asked for: a rule over the other fields of the form.
   */
  requiredWhen?: Rule
}
/**
 * One parameter of the address.
 */
export interface WebformParameter {
  /**
   * As it stands in the address.
   */
  name: string
  /**
   * The text or select field into which it goes; without one it is kept with the submission alone. A value that the field does not take is left out.
   */
  field?: Name
}
/**
 * What the visitor agrees to. The words, their version and the time are kept with the record.
 */
export interface WebformConsent {
  /**
   * The words.
   */
  text: Text
  /**
   * Which version of the words this is; raise it when they change.
   */
  version: string
  /**
   * Where the whole of it can be read (https).
   */
  address?: string
  /**
   * Whether nothing is taken without it.
   */
  required?: boolean
}
/**
 * How many submissions are taken in an hour.
 */
export interface WebformPerHour {
  /**
   * From one network address; an office or a campus shares one.
   */
  address?: number
  /**
   * From everywhere.
   */
  form?: number
}
/**
 * When the form takes submissions; always where nothing is said.
 */
export interface WebformOpen {
  /**
   * From this instant on.
   */
  from?: string
  /**
   * Up to this instant.
   */
  until?: string
  /**
   * How many submissions are taken in all, such as seats.
   */
  most?: number
  /**
   * What the page says when it is closed.
   */
  closed?: Text
}
/**
 * What follows a submission: a text, or another page.
 */
export interface WebformThanks {
  /**
   * What the page says.
   */
  text?: Text
  /**
   * The page that is opened instead (https).
   */
  address?: string
}
