import { BarChart, LineChart, PieChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TooltipComponent } from 'echarts/components'
import { type EChartsType, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'

// Only what is drawn here; the module is loaded when the first chart opens.
use([BarChart, LineChart, PieChart, GridComponent, LegendComponent, TooltipComponent, CanvasRenderer])

export type DrawnChart = EChartsType

export function openChart(place: HTMLElement): DrawnChart {
  return init(place, undefined, { renderer: 'canvas' })
}
