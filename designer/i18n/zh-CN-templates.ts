import type { templatesEn } from './en-templates.ts'

type Keys = Exclude<keyof typeof templatesEn, `${string}_one`>

/** 模板库相关文案。 */
export const templatesZhCN: Readonly<Record<Keys, string>> = {
  'templates.title': '模板',
  'templates.failed': '无法读取模板列表',
  'templates.archive': '导入模板文件…',
  'templates.refused': '未被接受',
  'templates.refusedText': '没有任何改动。问题如下：',
  'templates.save': '将当前工作区保存为模板',
  'templates.demo': '清除演示数据…',
  'templates.demoTitle': '清除演示数据？',
  'templates.demoText':
    '模板带来的记录将移入回收站。已被人修改、或被您自己的记录引用的数据会保留，用户和团队也会保留。',
  'templates.demoIt': '清除',
  'templates.demoGone_other': '已将 {{count}} 条演示记录移入回收站。',
  'templates.demoKept_other': '另有 {{count}} 条正在使用，予以保留。',
  'templates.install': '安装…',
  'templates.installTitle': '安装“{{label}}”？',
  'templates.installText':
    '其中的定义将作为一个版本立即生效，现有内容保留不变。安装需要数秒，之后可以恢复到原版本。',
  'templates.installIt': '安装',
  'templates.withData': '同时装载演示数据',
  'templates.installed': '已安装',
  'templates.installedOlder': '已安装 {{version}}',
  'templates.installedNow_other': '“{{label}}”已在版本 {{version}} 中生效，新增 {{count}} 条记录。',
  'templates.look': '查看内容',
  'templates.lookOf': '查看“{{label}}”的内容',
  'templates.asks': '安装时询问',
  'templates.contents': '包含的内容',
  'templates.answer': '修改参数…',
  'templates.askTitle': '“{{label}}”的参数',
  'templates.askText': '将按您的回答打开一份草稿，发布之前不会生效。',
  'templates.upgrade': '升级…',
  'templates.uninstall': '卸载…',
  'templates.requires': '依赖 {{names}}。',
  'templates.holds': '包含',
  'templates.between': '、',
  'templates.uninstallTitle': '卸载“{{label}}”？',
  'templates.uninstallText':
    '将打开一份移除其定义的草稿，发布之前不会有任何变化。发布后记录还会保留 30 天，以便恢复。',
  'templates.uninstallIt': '打开草稿',
  'templates.keepData': '把数据另存为文件',
  'templates.saveAll': '全部保存',
  'templates.saveOf': '将{{entity}}保存为 CSV',
  'templates.saved': '已保存',
  'templates.mayNotSave': '没有导出权限',
}
