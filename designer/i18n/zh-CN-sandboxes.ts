import type { sandboxesEn } from './en-sandboxes.ts'

type Keys = Exclude<keyof typeof sandboxesEn, `${string}_one`>

/** 沙箱相关文案。 */
export const sandboxesZhCN: Readonly<Record<Keys, string>> = {
  'sandboxes.title': '沙箱',
  'sandboxes.failed': '无法读取沙箱列表',
  'sandboxes.oneFailed': '无法读取该沙箱',
  'sandboxes.none': '还没有沙箱',
  'sandboxes.noneText':
    '沙箱是当前工作区的副本，供试用和验证：定义相同，人员信息均为虚构，不会向外发送任何内容。',
  'sandboxes.make': '新建沙箱…',
  'sandboxes.makeTitle': '新建沙箱',
  'sandboxes.makeText': '沙箱以当前生效的全部内容为起点。您和其他有发布权限的人员可用各自的账号进入。',
  'sandboxes.makeIt': '新建沙箱',
  'sandboxes.made_other': '沙箱“{{name}}”已就绪，含 {{count}} 条记录。',
  'sandboxes.name': '名称',
  'sandboxes.nameHelp': '由小写字母、数字和连字符组成，以字母开头；会出现在访问地址中。',
  'sandboxes.nameInvalid': '名称由小写字母、数字和连字符组成，并以字母开头。',
  'sandboxes.sample': '试用数据',
  'sandboxes.sampleNone': '不带数据',
  'sandboxes.sampleOf': '每类 {{count}} 条',
  'sandboxes.sampleHelp':
    '取各实体最新的记录及其关联记录。姓名、号码、地址和备注均替换为虚构内容，无法还原。',
  'sandboxes.enter': '进入',
  'sandboxes.onLive': '已基于正式版本 {{live}}。',
  'sandboxes.behind': '基于正式版本 {{base}}，当前生效的是版本 {{live}}。',
  'sandboxes.promote': '推送到正式…',
  'sandboxes.refresh': '更新到当前正式版本',
  'sandboxes.refreshed': '沙箱已更新到当前正式版本，沙箱中的修改保留不变。',
  'sandboxes.refreshHeld': '正式工作区与沙箱修改了相同内容。沙箱中的草稿需要您确认保留哪一方。',
  'sandboxes.refreshLook': '前往查看',
  'sandboxes.remove': '丢弃…',
  'sandboxes.removeTitle': '丢弃沙箱“{{name}}”？',
  'sandboxes.removeText': '其中的所有内容将被永久删除，正式工作区不受影响。',
  'sandboxes.removeLoses_other': '其中有 {{count}} 个定义的修改尚未推送。',
  'sandboxes.removeIt': '丢弃',
  'sandboxes.drafts': '其中的草稿',
  'sandboxes.draftsText': '在沙箱中也尚未生效；所选草稿会合并后一并推送。',
  'sandboxes.draftChanges_other': '修改 {{count}} 个定义',
  'sandboxes.same': '与正式工作区没有差异',
  'sandboxes.sameText': '进入沙箱修改并发布后，差异会列在这里。',
  'sandboxes.differs_other': '有 {{count}} 个定义与正式工作区不同。',
  'sandboxes.shared_other': '其中 {{count}} 个在正式工作区也有修改，需由您确认保留哪一方。',
  'sandboxes.conflicts_other': '{{count}} 处冲突',
}
