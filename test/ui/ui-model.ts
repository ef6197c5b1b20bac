import { registerBuiltInActions } from '../../engine/actions/built-in.ts'
import { registerBuiltInFields } from '../../engine/fields/built-in.ts'
import { bootstrapWorkspace } from '../../engine/model/bootstrap.ts'
import type { Definition } from '../../engine/model/compiled.ts'
import { publishDefinitions } from '../../engine/model/publish-definitions.ts'
import { createRegistry } from '../../engine/registry/registry.ts'
import { type Template, workspaceTemplate } from '../support/postgres.ts'

const text = (en: string, zh: string) => ({ en, 'zh-CN': zh })

const company = {
  kind: 'entity',
  name: 'company',
  label: text('Company', '公司'),
  plural: text('Companies', '公司'),
  icon: 'building',
  title: 'name',
  owned: true,
  features: ['comments', 'files'],
  fields: [
    { name: 'name', type: 'text', required: true, max: 120, searchable: true, label: text('Name', '名称') },
    { name: 'code', type: 'text', unique: true, label: text('Code', '编码') },
    {
      name: 'level',
      type: 'select',
      label: text('Level', '级别'),
      options: [
        { name: 'a', label: text('Gold', '金牌'), color: 'ochre' },
        { name: 'b', label: text('Silver', '银牌') },
      ],
    },
    { name: 'amount', type: 'currency', min: 0, label: text('Amount', '金额') },
    { name: 'founded', type: 'date', label: text('Founded', '成立日期') },
    { name: 'website', type: 'url', label: text('Website', '网站') },
    { name: 'active', type: 'boolean', default: true, label: text('Active', '启用') },
  ],
}

const deal = {
  kind: 'entity',
  name: 'deal',
  label: text('Deal', '商机'),
  plural: text('Deals', '商机'),
  icon: 'target',
  title: 'name',
  owned: true,
  fields: [
    { name: 'name', type: 'text', required: true, searchable: true, label: text('Name', '名称') },
    {
      name: 'company',
      type: 'lookup',
      to: 'company',
      inverse: 'deals',
      inverseLabel: text('Deals', '商机'),
      label: text('Company', '公司'),
    },
    { name: 'stage', type: 'stage', label: text('Stage', '阶段') },
    { name: 'value', type: 'currency', label: text('Value', '成交额') },
  ],
}

/** One field of every type that a form can ask for. */
const sample = {
  kind: 'entity',
  name: 'sample',
  label: text('Sample', '样例'),
  plural: text('Samples', '样例'),
  title: 'a_text',
  fields: [
    { name: 'a_text', type: 'text', required: true, label: text('Text', '文本') },
    { name: 'a_long_text', type: 'long_text', label: text('Long text', '长文本') },
    { name: 'a_rich_text', type: 'rich_text', label: text('Rich text', '富文本') },
    { name: 'an_integer', type: 'integer', label: text('Integer', '整数') },
    { name: 'a_decimal', type: 'decimal', label: text('Decimal', '小数') },
    { name: 'a_currency', type: 'currency', label: text('Currency', '金额') },
    { name: 'a_percent', type: 'percent', label: text('Percent', '百分比') },
    { name: 'a_boolean', type: 'boolean', label: text('Boolean', '是否') },
    { name: 'a_date', type: 'date', label: text('Date', '日期') },
    { name: 'a_date_time', type: 'date_time', label: text('Date-time', '日期时间') },
    { name: 'a_time', type: 'time', label: text('Time', '时间') },
    { name: 'a_time_zone', type: 'time_zone', label: text('Time zone', '时区') },
    { name: 'a_duration', type: 'duration', label: text('Duration', '时长') },
    {
      name: 'a_select',
      type: 'select',
      options: [
        { name: 'one', label: text('One', '一') },
        { name: 'two', label: text('Two', '二') },
      ],
      label: text('Select', '单选'),
    },
    {
      name: 'a_multi_select',
      type: 'multi_select',
      options: [
        { name: 'red', label: text('Red', '红') },
        { name: 'blue', label: text('Blue', '蓝') },
      ],
      label: text('Multi-select', '多选'),
    },
    { name: 'some_tags', type: 'tags', label: text('Tags', '标签') },
    { name: 'an_email', type: 'email', label: text('E-mail', '邮箱') },
    { name: 'a_phone', type: 'phone', label: text('Phone', '电话') },
    { name: 'a_url', type: 'url', label: text('Address of a page', '网址') },
    { name: 'an_address', type: 'address', label: text('Address', '地址') },
    { name: 'a_location', type: 'location', label: text('Location', '位置') },
    { name: 'a_lookup', type: 'lookup', to: 'company', inverse: 'samples', label: text('Lookup', '关联') },
    {
      name: 'a_dynamic_lookup',
      type: 'dynamic_lookup',
      to: ['company', 'deal'],
      inverse: 'about_samples',
      label: text('Dynamic lookup', '动态关联'),
    },
    {
      name: 'some_companies',
      type: 'many_to_many',
      to: 'company',
      inverse: 'in_samples',
      label: text('Companies', '多家公司'),
    },
    { name: 'a_user', type: 'user', onDelete: 'clear', inverse: 'user_samples', label: text('User', '用户') },
    { name: 'a_team', type: 'team', onDelete: 'clear', inverse: 'team_samples', label: text('Team', '团队') },
    { name: 'a_file', type: 'file', onDelete: 'clear', label: text('File', '文件') },
    { name: 'an_image', type: 'image', onDelete: 'clear', label: text('Image', '图片') },
    { name: 'a_number', type: 'auto_number', pattern: 'S-{####}', label: text('Number', '编号') },
    { name: 'some_json', type: 'json', label: text('JSON', 'JSON 数据') },
    { name: 'some_lines', type: 'child_list', of: 'line', by: 'sample', label: text('Lines', '明细') },
  ],
}

/** What a sample has several of. */
const line = {
  kind: 'entity',
  name: 'line',
  label: text('Line', '明细'),
  plural: text('Lines', '明细'),
  title: 'what',
  fields: [
    { name: 'what', type: 'text', required: true, label: text('What', '内容') },
    { name: 'price', type: 'currency', label: text('Price', '价格') },
    {
      name: 'sample',
      type: 'lookup',
      to: 'sample',
      required: true,
      onDelete: 'cascade',
      inverse: 'lines_of',
      label: text('Sample', '样例'),
    },
  ],
}

const samplePage = {
  kind: 'layout',
  name: 'sample_page',
  entity: 'sample',
  form: [
    {
      name: 'all',
      label: text('All', '全部'),
      columns: 3,
      fields: sample.fields.map((field) => field.name),
    },
  ],
}

const DEFINITIONS = [
  company,
  deal,
  sample,
  line,
  samplePage,
  {
    kind: 'pipeline',
    name: 'sales',
    entity: 'deal',
    field: 'stage',
    stages: [
      { name: 'contact', type: 'open', next: ['offer'], label: text('Contact', '接触') },
      { name: 'offer', type: 'open', next: ['contact', 'won', 'lost'], label: text('Offer', '报价') },
      { name: 'won', type: 'won', label: text('Won', '赢单') },
      { name: 'lost', type: 'lost', label: text('Lost', '输单') },
    ],
  },
  {
    kind: 'layout',
    name: 'company_page',
    entity: 'company',
    form: [
      {
        name: 'basics',
        label: text('Basics', '基本信息'),
        columns: 2,
        fields: ['name', 'code', 'level', 'owner'],
      },
      {
        name: 'business',
        label: text('Business', '经营'),
        columns: 2,
        fields: ['amount', 'founded', 'website', 'active'],
      },
    ],
    page: {
      highlights: ['level', 'amount', 'owner'],
      tabs: [
        { name: 'details' },
        { name: 'deals', label: text('Deals', '商机'), related: 'deals' },
        { name: 'comments' },
        { name: 'history' },
      ],
    },
  },
  {
    kind: 'view',
    name: 'company_all',
    label: text('All companies', '全部公司'),
    entity: 'company',
    type: 'table',
    sort: ['name'],
    columns: ['name', 'code', 'level', { field: 'amount', total: 'sum' }, 'founded', 'owner'],
  },
  {
    kind: 'view',
    name: 'company_gold',
    label: text('Gold companies', '金牌公司'),
    entity: 'company',
    type: 'table',
    filter: { '==': [{ var: 'level' }, 'a'] },
    sort: ['-amount'],
    columns: ['name', 'level', 'amount'],
  },
  {
    kind: 'role',
    name: 'reader',
    label: text('Reader', '只读'),
    default: { read: 'none' },
    entities: { company: { read: 'all' } },
  },
  {
    kind: 'app',
    name: 'sales',
    label: text('Sales', '销售'),
    nav: [{ entity: 'company' }, { entity: 'deal' }, { entity: 'sample' }],
  },
] as unknown as readonly Definition[]

/** A workspace with companies, their deals, and a sample of every field type. */
export const uiTemplate: Template = {
  key: 'ui',
  async build(database, url) {
    await workspaceTemplate.build(database, url)
    const registry = createRegistry()
    registerBuiltInFields(registry)
    registerBuiltInActions(registry)
    await bootstrapWorkspace(database, registry, 'default')
    await publishDefinitions(database, registry, 'default', DEFINITIONS, 'test')
  },
}
