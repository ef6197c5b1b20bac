/** 转化与泳道的文案。 */
export const laneZhCN = {
  'lane.convert': '转化',
  'lane.converted': '转化完成',
  'lane.convertTitle': '转化{{entity}}',
  'lane.existing': '选择已有',
  'lane.new': '新建',
  'lane.none': '不生成',
  'lane.soFar_other': '已 {{count}} 天',
  'lane.title': '记录全程',
  'lane.took_other': '历时 {{count}} 天',
  'lane.which': '选择{{entity}}',
}
