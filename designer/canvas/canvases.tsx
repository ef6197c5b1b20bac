import { type ComponentType, lazy, type ReactNode } from 'react'
import type { Json, Path } from '../store/json-value.ts'

/** What the picture of a definition is given. */
export interface CanvasProps {
  readonly kind: string
  readonly name: string
  readonly definition: Json
  readonly inForce: Json | undefined
  readonly readOnly: boolean
  /** @param isAct one act that is taken back by itself, not typing */
  readonly set: (path: Path, to: unknown, isAct?: boolean) => void
  /** Switches between the picture and the other ways of editing. */
  readonly ways: ReactNode
}

// What draws pictures comes when somebody looks at one.
const CANVASES: Readonly<Record<string, ComponentType<CanvasProps>>> = {
  pipeline: lazy(async () => ({ default: (await import('../stages/StagesCanvas.tsx')).StagesCanvas })),
  flow: lazy(async () => ({ default: (await import('../steps/FlowCanvas.tsx')).FlowCanvas })),
  assignment: lazy(async () => ({
    default: (await import('../process/AssignmentCanvas.tsx')).AssignmentCanvas,
  })),
  approval: lazy(async () => ({ default: (await import('../process/ApprovalCanvas.tsx')).ApprovalCanvas })),
  view: lazy(async () => ({ default: (await import('../views/ViewCanvas.tsx')).ViewCanvas })),
  report: lazy(async () => ({ default: (await import('../reports/ReportCanvas.tsx')).ReportCanvas })),
  dashboard: lazy(async () => ({
    default: (await import('../dashboards/DashboardCanvas.tsx')).DashboardCanvas,
  })),
  app: lazy(async () => ({ default: (await import('../apps/AppCanvas.tsx')).AppCanvas })),
  scenario: lazy(async () => ({ default: (await import('../scenarios/ScenarioCanvas.tsx')).ScenarioCanvas })),
  layout: lazy(async () => ({ default: (await import('../layouts/LayoutCanvas.tsx')).LayoutCanvas })),
}

/** The editor in pictures of a kind; undefined where it has none. */
export function canvasOf(kind: string): ComponentType<CanvasProps> | undefined {
  return Object.hasOwn(CANVASES, kind) ? CANVASES[kind] : undefined
}
