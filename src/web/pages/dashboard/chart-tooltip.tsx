import classes from "./charts.module.css";

interface ChartTooltipProps {
  readonly title: string;
  readonly rows: readonly { readonly id: string; readonly name: string; readonly value: string }[];
}

/** What stands beside the pointer over a chart. */
export function ChartTooltip({ title, rows }: ChartTooltipProps) {
  return (
    <div className={classes.tooltip}>
      <div className={classes.tooltipTitle}>{title}</div>
      {rows.map(({ id, name, value }) => (
        <div key={id} className={classes.tooltipRow}>
          <span className={classes.key} data-series={id} aria-hidden />
          <span>{name}</span>
          <span className={classes.tooltipValue}>{value}</span>
        </div>
      ))}
    </div>
  );
}
