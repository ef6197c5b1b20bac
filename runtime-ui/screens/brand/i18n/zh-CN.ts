/** The texts of the brand page; they come with it. */
export const brandZhCN = {
  'brand.broken': '颜色由六位代码组成，例如 #1a56db。',
  'brand.choose': '使用 {{colour}}',
  'brand.colour': '颜色',
  'brand.hex': '颜色代码',
  'brand.logo': '标志',
  'brand.logoText': '支持 PNG、JPEG 或 WebP，显示在导航栏和登录页。SVG 可能带有脚本，因此不接受。',
  'brand.noPicture': '该文件不是 PNG、JPEG 或 WebP 图片。',
  'brand.pick': '选择任意颜色',
  'brand.plain': '恢复默认颜色',
  'brand.preview': '预览',
  'brand.readable': '深浅各级颜色会自动推算，浅色和深色主题下文字始终清晰可读。',
  'brand.removeLogo': '移除标志',
  'brand.sample': '商机',
  'brand.saved': '品牌设置已对所有人生效',
  'brand.text': '设置页面上展示的公司形象，保存后立即对所有人生效。',
} as const
