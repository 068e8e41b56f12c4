import { BarChart, LineChart } from 'echarts/charts';
import type { BarSeriesOption, LineSeriesOption } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import type { GridComponentOption, LegendComponentOption, TooltipComponentOption } from 'echarts/components';
import * as echarts from 'echarts/core';
import type { ComposeOption } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

echarts.use([
  BarChart,
  LineChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  SVGRenderer,
]);

export type ChartOption = ComposeOption<
  BarSeriesOption | LineSeriesOption | GridComponentOption | LegendComponentOption | TooltipComponentOption
>;

/** One chart, drawn as SVG and as wide as its box. `label` names it to screen readers. */
export function Chart({
  option,
  height,
  label,
  onSelect,
}: {
  option: ChartOption;
  height: number;
  label: string;
  /** Called with the index of the datum that was clicked. */
  onSelect?: (index: number) => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<echarts.ECharts | null>(null);
  const select = useRef(onSelect);
  useEffect(() => {
    select.current = onSelect;
  }, [onSelect]);

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const drawn = echarts.init(element, null, { renderer: 'svg' });
    drawn.on('click', ({ dataIndex }) => {
      if (typeof dataIndex === 'number') select.current?.(dataIndex);
    });
    chart.current = drawn;
    const observer = new ResizeObserver(() => drawn.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      drawn.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    chart.current?.setOption({ animation: false, ...option }, { notMerge: true });
    chart.current?.resize();
  }, [option, height]);

  return <div ref={box} role="img" aria-label={label} style={{ width: '100%', height }} />;
}
