import { type ThemeConfig, theme } from 'antd'
import type { Tokens } from './theme.ts'

const FONT_ZH =
  '"Tenon Latin", "PingFang SC", "HarmonyOS Sans SC", "MiSans", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif'
const FONT_EN =
  '"Inter Variable", "Inter", -apple-system, "Segoe UI", "Noto Sans", "PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", sans-serif'
const FONT_CODE =
  '"JetBrains Mono", ui-monospace, "SFMono-Regular", Menlo, Consolas, "DejaVu Sans Mono", "Noto Sans CJK SC", monospace'

export interface Appearance {
  readonly dark: boolean
  /** Of this theme, in the workspace's brand. */
  readonly tokens: Tokens
  /** Signs as in Chinese, which need more room. */
  readonly han: boolean
  /** The language's own face, where it has one. */
  readonly font: string | undefined
  /** Controls of 44 px for fingers. */
  readonly touch: boolean
  /** Controls of 28 px, where no finger presses them. */
  readonly compact: boolean
  /** Nothing moves. */
  readonly still: boolean
}

/** Our tokens as antd wants them. Map tokens are given, not derived: the algorithm's greys are not ours. */
export function antdTheme(appearance: Appearance): ThemeConfig {
  const { tokens } = appearance
  return {
    cssVar: { key: 'tenon' },
    algorithm: appearance.dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: { ...baseTokens(appearance, tokens), ...colourTokens(tokens) },
    components: {
      ...fieldTokens(tokens),
      ...buttonTokens(tokens),
      ...listTokens(tokens, appearance),
      ...floatTokens(tokens, appearance),
    },
  }
}

function baseTokens({ han, font, touch, compact, still }: Appearance, tokens: Tokens): ThemeConfig['token'] {
  return {
    fontFamily: font ?? (han ? FONT_ZH : FONT_EN),
    fontFamilyCode: FONT_CODE,
    fontSize: 14,
    fontSizeSM: 12,
    fontSizeLG: 16,
    fontSizeHeading4: 16,
    fontSizeHeading3: 20,
    fontSizeHeading2: 28,
    lineHeight: 22 / 14,
    lineHeightSM: 18 / 12,
    lineHeightLG: 24 / 16,
    fontWeightStrong: 600,
    borderRadius: 6,
    borderRadiusSM: 4,
    borderRadiusXS: 4,
    borderRadiusLG: 8,
    controlHeight: touch ? 44 : compact ? 28 : 32,
    controlHeightSM: touch ? 36 : 24,
    controlHeightLG: touch ? 48 : 40,
    lineWidth: 1,
    sizeUnit: 4,
    wireframe: false,
    motion: !still,
    motionUnit: 0.08,
    motionDurationFast: '90ms',
    motionDurationMid: '160ms',
    motionDurationSlow: '240ms',
    motionEaseOut: 'cubic-bezier(.2, .8, .2, 1)',
    boxShadow: tokens['shadow-3'],
    boxShadowSecondary: tokens['shadow-3'],
    controlOutlineWidth: 3,
    lineWidthFocus: 2,
  }
}

function colourTokens(tokens: Tokens): ThemeConfig['token'] {
  return {
    colorPrimary: tokens.brand,
    colorInfo: tokens.brand,
    colorLink: tokens['brand-ink'],
    colorLinkHover: tokens['brand-ink'],
    colorTextBase: tokens.ink,
    colorBgBase: tokens['bg-sheet'],
    colorPrimaryBg: tokens['brand-1'],
    colorPrimaryBgHover: tokens['brand-2'],
    colorPrimaryBorder: tokens['brand-3'],
    colorPrimaryBorderHover: tokens['brand-4'],
    colorPrimaryHover: tokens['brand-hover'],
    colorPrimaryActive: tokens['brand-active'],
    colorPrimaryText: tokens['brand-ink'],
    colorPrimaryTextHover: tokens['brand-8'],
    colorPrimaryTextActive: tokens['brand-9'],
    colorText: tokens.ink,
    colorTextSecondary: tokens['ink-2'],
    colorTextTertiary: tokens['ink-3'],
    colorTextQuaternary: tokens['ink-4'],
    colorTextPlaceholder: tokens['ink-3'],
    colorTextDescription: tokens['ink-3'],
    colorIcon: tokens['ink-3'],
    colorTextDisabled: tokens['ink-4'],
    colorBorder: tokens['line-field'],
    colorBorderSecondary: tokens.line,
    colorSplit: tokens.line,
    colorBgLayout: tokens['bg-frame'],
    colorBgContainer: tokens['bg-sheet'],
    colorBgElevated: tokens['bg-overlay'],
    colorBgSpotlight: tokens['bg-tip'],
    colorTextLightSolid: tokens['on-brand'],
    colorBgMask: tokens.scrim,
    colorFillAlter: tokens['bg-sunk'],
    colorFill: tokens['n-4'],
    colorFillSecondary: tokens['n-3'],
    colorFillTertiary: tokens['n-2'],
    colorFillQuaternary: tokens['n-1'],
    controlItemBgHover: tokens['bg-hover'],
    controlItemBgActive: tokens['bg-selected'],
    colorBgContainerDisabled: tokens['bg-hover'],
    controlOutline: tokens['brand-2'],
    ...stateTokens(tokens),
  }
}

function stateTokens(tokens: Tokens): ThemeConfig['token'] {
  return {
    colorSuccess: tokens.success,
    colorSuccessBg: tokens['success-bg'],
    colorSuccessBorder: tokens['success-line'],
    colorSuccessText: tokens['success-ink'],
    colorWarning: tokens.warning,
    colorWarningBg: tokens['warning-bg'],
    colorWarningBorder: tokens['warning-line'],
    colorWarningText: tokens['warning-ink'],
    colorError: tokens.error,
    colorErrorBg: tokens['error-bg'],
    colorErrorBorder: tokens['error-line'],
    colorErrorText: tokens['error-ink'],
  }
}

type ComponentTokens = ThemeConfig['components']

function fieldTokens(tokens: Tokens): ComponentTokens {
  const field = {
    activeBorderColor: tokens['brand-5'],
    activeShadow: `0 0 0 3px ${tokens['brand-2']}`,
    errorActiveShadow: `0 0 0 3px ${tokens['error-bg']}`,
    hoverBorderColor: tokens['n-7'],
    paddingInline: 10,
  }
  return {
    Input: field,
    InputNumber: field,
    DatePicker: field,
    Select: {
      ...field,
      optionHeight: 32,
      optionSelectedBg: tokens['bg-selected'],
      optionSelectedFontWeight: 500,
      optionActiveBg: tokens['bg-hover'],
    },
    Form: {
      labelColor: tokens['ink-2'],
      labelFontSize: 13,
      verticalLabelPadding: '0 0 4px',
      itemMarginBottom: 16,
      labelRequiredMarkColor: tokens.error,
    },
    Switch: { trackHeight: 18, trackMinWidth: 32, handleSize: 14 },
  }
}

function buttonTokens(tokens: Tokens): ComponentTokens {
  return {
    Button: {
      fontWeight: 500,
      primaryShadow: 'none',
      dangerShadow: 'none',
      defaultShadow: tokens['shadow-1'],
      defaultBorderColor: tokens['line-strong'],
      defaultHoverBg: tokens['bg-hover'],
      defaultHoverColor: tokens.ink,
      defaultHoverBorderColor: tokens['line-strong'],
      defaultActiveColor: tokens.ink,
      defaultActiveBorderColor: tokens['line-strong'],
      paddingInline: 12,
      iconGap: 6,
      textTextColor: tokens['ink-2'],
      textTextHoverColor: tokens.ink,
    },
  }
}

function listTokens(tokens: Tokens, { dark: isDark, han }: Appearance): ComponentTokens {
  return {
    Table: {
      headerBg: tokens['bg-sheet'],
      headerColor: tokens['ink-3'],
      headerSplitColor: 'transparent',
      headerBorderRadius: 0,
      borderColor: tokens.line,
      rowHoverBg: tokens['bg-hover'],
      rowSelectedBg: tokens['bg-selected'],
      rowSelectedHoverBg: tokens['bg-selected'],
      cellPaddingInline: 12,
      cellPaddingBlock: 7,
      cellPaddingBlockSM: 5,
      cellFontSize: han ? 14 : 13,
    },
    Tabs: {
      inkBarColor: tokens.brand,
      itemColor: tokens['ink-2'],
      itemSelectedColor: tokens.ink,
      itemHoverColor: tokens.ink,
      horizontalItemGutter: 20,
      horizontalItemPadding: '9px 0',
      titleFontSize: 14,
    },
    Segmented: {
      trackBg: tokens['bg-hover'],
      trackPadding: 2,
      itemSelectedBg: isDark ? tokens['n-5'] : tokens['bg-sheet'],
      itemColor: tokens['ink-2'],
    },
    Tag: { defaultBg: tokens['bg-hover'], defaultColor: tokens['ink-2'], borderRadiusSM: 4 },
    Card: { headerHeight: 44, bodyPadding: 12 },
  }
}

function floatTokens(tokens: Tokens, { dark: isDark }: Appearance): ComponentTokens {
  const ground = tokens['bg-overlay']
  return {
    Modal: { contentBg: ground, headerBg: ground, titleFontSize: 16, borderRadiusLG: 12 },
    Drawer: { colorBgElevated: ground },
    Popover: { borderRadiusLG: 12 },
    Tooltip: { colorTextLightSolid: tokens['on-tip'] },
    Dropdown: { controlItemBgHover: isDark ? tokens['n-5'] : tokens['bg-hover'] },
  }
}
