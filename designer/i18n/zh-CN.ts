import type { en } from './en.ts'
import { agreementZhCN } from './zh-CN-agreement.ts'
import { beginZhCN } from './zh-CN-begin.ts'
import { canvasZhCN } from './zh-CN-canvas.ts'
import { connectionsZhCN } from './zh-CN-connections.ts'
import { documentsZhCN } from './zh-CN-documents.ts'
import { draftsZhCN } from './zh-CN-drafts.ts'
import { exampleZhCN } from './zh-CN-example.ts'
import { flowsZhCN } from './zh-CN-flows.ts'
import { frictionZhCN } from './zh-CN-friction.ts'
import { fromFileZhCN } from './zh-CN-from-file.ts'
import { inspectorZhCN } from './zh-CN-inspector.ts'
import { labelsZhCN } from './zh-CN-labels.ts'
import { layoutsZhCN } from './zh-CN-layouts.ts'
import { pilotZhCN } from './zh-CN-pilot.ts'
import { processZhCN } from './zh-CN-process.ts'
import { rolesZhCN } from './zh-CN-roles.ts'
import { sandboxesZhCN } from './zh-CN-sandboxes.ts'
import { scenariosZhCN } from './zh-CN-scenarios.ts'
import { settingsZhCN } from './zh-CN-settings.ts'
import { silentZhCN } from './zh-CN-silent.ts'
import { templatesZhCN } from './zh-CN-templates.ts'
import { versionsZhCN } from './zh-CN-versions.ts'
import { webformsZhCn } from './zh-CN-webforms.ts'

/** 设计器文案（中文），键与英文相同。 */
export const zhCN: Readonly<Record<Exclude<keyof typeof en, `${string}_one`>, string>> = {
  ...draftsZhCN,
  ...agreementZhCN,
  ...pilotZhCN,
  ...silentZhCN,
  ...settingsZhCN,
  ...rolesZhCN,
  ...labelsZhCN,
  ...processZhCN,
  ...scenariosZhCN,
  ...beginZhCN,
  ...frictionZhCN,
  ...fromFileZhCN,
  ...layoutsZhCN,
  ...exampleZhCN,
  ...flowsZhCN,
  ...canvasZhCN,
  ...inspectorZhCN,
  ...connectionsZhCN,
  ...documentsZhCN,
  ...webformsZhCn,
  ...sandboxesZhCN,
  ...templatesZhCN,
  ...versionsZhCN,
  'designer.asInForce': '恢复为现行内容',
  'designer.by.entity': '按实体',
  'designer.by.kind': '按种类',
  'designer.byEntity': '按实体排列的定义',
  'designer.copyOf': '复制为新的定义',
  'designer.fold': '收起{{label}}',
  'designer.found': '找到 {{count}} 项',
  'designer.keepIt': '保留它',
  'designer.moreFound': '另有 {{count}} 项，请继续输入',
  'designer.nameHelp': '小写字母、数字和下划线。其他定义用此名称引用它。',
  'designer.nameTaken': '此类定义中已有“{{name}}”。',
  'designer.navigator': '定义的排列方式',
  'designer.new': '新建',
  'designer.newOf': '新建{{kind}}',
  'designer.ofNoEntity': '不属于实体',
  'designer.remove': '移除',
  'designer.removed': '此草稿将移除该定义',
  'designer.removedText': '草稿发布之前它仍然有效。',
  'designer.searchAll': '搜索定义、字段与规则',
  'designer.rename': '改名…',
  'designer.renameIt': '改名',
  'designer.inForceNow': '保存并立即生效',
  'designer.notAlone': '{{fault}}如果它依赖草稿中的其他修改，请通过“查看发布计划”一并发布。',
  'designer.nowInForce': '已生效',
  'designer.unfold': '展开{{label}}',
  'designer.unknown': '没有这个定义',
  'designer.unknownText': '它可能已改名或移除。可用左侧的搜索查找。',
  'designer.copied': '已复制',
  'designer.copy': '复制 JSON',
  'designer.definitionFailed': '无法读取定义',
  'designer.denied': '设计器供维护定义的人员使用。如有需要，请联系管理员。',
  'designer.inForce': '生效中',
  'designer.json': '{{name}} 的 JSON',
  'designer.group.data': '数据与规则',
  'designer.group.other': '管理',
  'designer.group.pages': '页面与报表',
  'designer.group.process': '业务流转',
  'designer.group.rights': '权限与全局',
  'designer.kinds': '定义种类',
  'designer.kindsFailed': '无法读取定义种类',
  'designer.leave': '返回业务页面',
  'designer.listFailed': '无法读取定义列表',
  'designer.none': '还没有此类定义',
  'designer.noneFound': '没有匹配的定义',
  'designer.search': '按显示名或名称搜索',
  'designer.title': '设计器',
  'designer.unnamed': '未命名',
  'designer.unused': '没有任何定义引用它。',
  'designer.uses': '用在哪里',
  'designer.usesFailed': '无法读取',
  'designer.otherUses': '另外 {{count}} 处',
  'designer.versions': '版本',
  'designer.versionsFailed': '无法读取版本',
  'designer.neverRan': '尚未在此版本上运行',
  'designer.noRequirements': '还没有定义注明需求编号',
  'designer.priority.must': '必须',
  'designer.priority.nice': '可选',
  'designer.priority.none': '未定优先级',
  'designer.priority.should': '应当',
  'designer.ranAt': '运行于',
  'designer.requirements': '需求',
  'designer.requirementsFailed': '无法读取需求',
  'designer.runFailed': '场景无法运行',
  'designer.runScenarios': '运行场景',
  'designer.satisfiedBy': '实现于 {{names}}',
  'designer.scenario.expected': '期望',
  'designer.scenario.failed': '未通过',
  'designer.scenario.found': '实际',
  'designer.scenario.notRun': '未运行',
  'designer.scenario.passed': '通过',
  'designer.scenario.skipped': '未执行到',
  'designer.sheet.acceptance': '验收报告',
  'designer.sheet.confirmation': '需求确认书',
  'designer.unproved': '尚无场景验证。',
  'designer.unsatisfied': '没有定义注明此需求。',
}
