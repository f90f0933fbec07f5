import { useId } from "react";
import { Bar, BarChart, CartesianGrid, Line, LineChart, Tooltip, XAxis, YAxis } from "recharts";
import type { Statistics } from "../../../contract/statistics.ts";
import { count, typicalDuration, percent } from "../../locales/format.ts";
import { useLanguage } from "../../locales/language.tsx";
import { durationTicks, partTicks } from "./axis-ticks.ts";
import { ChartTooltip } from "./chart-tooltip.tsx";
import { OUTCOMES, type Outcome, type TimePoint } from "./outcomes.ts";
import { stretchOf, tickOf } from "./stretch-words.ts";
import classes from "./charts.module.css";

export interface ChartProps {
  readonly points: readonly TimePoint[];
  readonly bucket: Statistics["bucket"];
  /** A part of the time was clicked; with outcomes where the chart is about these only. */
  readonly onChoose: (point: TimePoint, ...outcomes: readonly Outcome[]) => void;
}

/** What all charts over time have in common: no animation; the keyboard has the table beside each. */
const CHART = {
  responsive: true,
  accessibilityLayer: false,
  className: classes.chart ?? "",
  margin: { top: 8, right: 8, bottom: 0, left: 0 },
  syncId: "time",
} as const;
const GRID = { vertical: false, stroke: "var(--chart-grid)" } as const;
const TEXT = { fill: "var(--mantine-color-dimmed)", fontSize: 12 } as const;
const Y_AXIS = { width: 44, tickLine: false, axisLine: false, tick: TEXT, tickCount: 4 } as const;
const LINE = { isAnimationActive: false, type: "linear", activeDot: { r: 4 } } as const;

function useTimeAxis({ points, bucket }: Pick<ChartProps, "points" | "bucket">) {
  const { language } = useLanguage();
  const ticks = new Map(points.map((point) => [point.from, tickOf(point, bucket, language)]));
  return {
    dataKey: "from",
    tickFormatter: (from: string) => ticks.get(from) ?? "",
    tickLine: false,
    axisLine: { stroke: "var(--chart-grid)" },
    tick: TEXT,
    minTickGap: 24,
    interval: "equidistantPreserveStart",
  } as const;
}

function most(points: readonly TimePoint[], of: (point: TimePoint) => number | null): number {
  return Math.max(0, ...points.map((point) => of(point) ?? 0));
}

/** An axis with these ticks, from the first to the last. */
function scale(ticks: readonly number[]) {
  return { ticks, domain: [0, ticks.at(-1) ?? 1] };
}

/** Calls back with the part of the time that was clicked. */
function onPart(points: readonly TimePoint[], choose: (point: TimePoint) => void) {
  return ({ activeLabel }: { readonly activeLabel?: string | number | undefined }): void => {
    const point = points.find(({ from }) => from === activeLabel);
    if (point !== undefined) choose(point);
  };
}

/** What stands beside the pointer, for the part of the time that it is over. */
function useTooltip({ points, bucket }: Pick<ChartProps, "points" | "bucket">) {
  const { language } = useLanguage();
  return (rows: (point: TimePoint) => readonly { id: string; name: string; value: string }[]) =>
    ({ label }: { readonly label?: string | number | undefined }) => {
      const point = points.find(({ from }) => from === label);
      return point === undefined ? null : (
        <ChartTooltip title={stretchOf(point, bucket, language)} rows={rows(point)} />
      );
    };
}

/** Requests by what became of them, in stacked bars; failed ones are hatched, so that colour does not stand alone. */
export function OutcomeChart({ points, bucket, onChoose }: ChartProps) {
  const { language, text } = useLanguage();
  const { outcomes } = text.dashboard;
  const hatch = useId();
  const axis = useTimeAxis({ points, bucket });
  const tooltip = useTooltip({ points, bucket });
  return (
    <BarChart {...CHART} data={points} barCategoryGap="20%" onClick={onPart(points, onChoose)}>
      <defs>
        <pattern id={hatch} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width={5} height={5} fill="var(--chart-failed)" />
          <rect width={1.6} height={5} fill="var(--mantine-color-body)" fillOpacity={0.75} />
        </pattern>
      </defs>
      <CartesianGrid {...GRID} />
      <XAxis {...axis} />
      <YAxis {...Y_AXIS} allowDecimals={false} tickFormatter={(value: number) => count(value, language)} />
      <Tooltip
        isAnimationActive={false}
        cursor={{ fill: "var(--chart-cursor)" }}
        content={tooltip((point) =>
          OUTCOMES.toReversed()
            .filter((outcome) => point[outcome] > 0)
            .map((outcome) => ({ id: outcome, name: outcomes[outcome], value: count(point[outcome], language) })),
        )}
      />
      {OUTCOMES.map((outcome) => (
        <Bar
          key={outcome}
          dataKey={outcome}
          name={outcomes[outcome]}
          stackId="outcomes"
          isAnimationActive={false}
          fill={outcome === "failed" ? `url(#${hatch})` : `var(--chart-${outcome})`}
          stroke="var(--mantine-color-body)"
          strokeWidth={0.5}
          maxBarSize={36}
          onClick={({ payload }, _index, event) => {
            event.stopPropagation();
            onChoose(payload as TimePoint, outcome);
          }}
        />
      ))}
    </BarChart>
  );
}

/** Which part failed, of those that ended by themselves. */
export function FailureRateChart({ points, bucket, onChoose }: ChartProps) {
  const text = useText();
  const axis = useTimeAxis({ points, bucket });
  const tooltip = useTooltip({ points, bucket });
  const name = text.charts.failureRate;
  return (
    <LineChart {...CHART} data={points} onClick={onPart(points, (point) => onChoose(point, "failed", "lost"))}>
      <CartesianGrid {...GRID} />
      <XAxis {...axis} />
      <YAxis
        {...Y_AXIS}
        {...scale(partTicks(most(points, ({ failureRate }) => failureRate)))}
        tickFormatter={(part: number) => `${Math.round(part * 100)}%`}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: "var(--mantine-color-dimmed)" }}
        content={tooltip(({ failureRate }) => [
          { id: "rate", name, value: failureRate === null ? text.noneEnded : percent(failureRate) },
        ])}
      />
      <Line
        {...LINE}
        dataKey="failureRate"
        name={name}
        stroke="var(--chart-failed)"
        strokeWidth={2}
        dot={{ r: 2, fill: "var(--chart-failed)" }}
      />
    </LineChart>
  );
}

/** How long runs took: half of them no longer than the median, 95 of 100 no longer than the dashed line. */
export function DurationChart({ points, bucket, onChoose }: ChartProps) {
  const { charts } = useText();
  const axis = useTimeAxis({ points, bucket });
  const tooltip = useTooltip({ points, bucket });
  const said = (seconds: number | null): string => (seconds === null ? "–" : typicalDuration(seconds));
  return (
    <LineChart
      {...CHART}
      data={points}
      onClick={onPart(points, (point) => onChoose(point, "succeeded", "failed", "stopped", "lost"))}
    >
      <CartesianGrid {...GRID} />
      <XAxis {...axis} />
      <YAxis
        {...Y_AXIS}
        {...scale(durationTicks(most(points, ({ p95 }) => p95)))}
        width={52}
        tickFormatter={typicalDuration}
      />
      <Tooltip
        isAnimationActive={false}
        cursor={{ stroke: "var(--mantine-color-dimmed)" }}
        content={tooltip(({ median, p95 }) => [
          { id: "p95", name: charts.p95, value: said(p95) },
          { id: "median", name: charts.median, value: said(median) },
        ])}
      />
      <Line
        {...LINE}
        dataKey="p95"
        name={charts.p95}
        stroke="var(--chart-p95)"
        strokeWidth={1.5}
        strokeDasharray="5 3"
        dot={{ r: 2, fill: "var(--chart-p95)", strokeDasharray: "none" }}
      />
      <Line
        {...LINE}
        dataKey="median"
        name={charts.median}
        stroke="var(--chart-median)"
        strokeWidth={2}
        dot={{ r: 2, fill: "var(--chart-median)" }}
      />
    </LineChart>
  );
}

function useText() {
  return useLanguage().text.dashboard;
}
