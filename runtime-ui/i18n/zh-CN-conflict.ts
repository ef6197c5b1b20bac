import type { conflictEn } from './en-conflict.ts'

/** 两人同时编辑一条记录的文本。 */
export const conflictZhCN: Readonly<Record<keyof typeof conflictEn, string>> = {
  'conflict.allTheirs': '全部采用{{who}}的',
  'conflict.allYours': '全部采用我的',
  'conflict.back': '返回表单',
  'conflict.early': '编辑期间的修改',
  'conflict.kept': '没有冲突，以下修改都保留',
  'conflict.none': '{{who}}修改了这条记录的其他字段，双方的修改互不影响。',
  'conflict.reload': '放弃我的修改',
  'conflict.save': '保存',
  'conflict.take': '放入表单',
  'conflict.text': '您编辑期间，{{who}}修改了这条记录。请为每个字段选择保留哪个值。',
  'conflict.title': '他人已先保存',
  'conflict.yours': '我的',
  'form.gone': '记录已不存在，或您已无权查看。您填写的内容仍保留在此。',
  'form.savedAlong': '已保存“{{title}}”，{{who}}在此期间的修改也已保留',
  'inline.clash': '{{who}}在此期间修改了该值。再次保存将以您的值替换，按 Esc 保留对方的值。',
  'inline.now': '当前存储的值：',
  'meanwhile.changed': '您打开此表单后，{{who}}修改了{{fields}}。',
  'meanwhile.clashes': '您填写的{{fields}}与其不同，保存时可逐项选择。',
  'meanwhile.compare': '对比',
  'meanwhile.fits': '您填写的内容不受影响，保存时双方的修改都会保留。',
  'meanwhile.somebody': '他人',
  'meanwhile.take': '显示到表单中',
  'meanwhile.taken': '{{who}}刚刚修改了{{fields}}，表单已更新。',
}
