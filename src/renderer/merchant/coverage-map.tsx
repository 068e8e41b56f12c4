import { theme } from 'antd';
import { TreemapChart, type TreemapSeriesOption } from 'echarts/charts';
import { TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { shareOf, type CoverageNode } from './coverage-tree.ts';

echarts.use([TreemapChart, TooltipComponent, SVGRenderer]);

type Item = NonNullable<TreemapSeriesOption['data']>[number];

/** Colours from no promise to all, read as lighter to darker. */
const STEPS = ['#efe7da', '#d9cdb4', '#b5bf9c', '#7fa08a', '#3f7a6c'] as const;

const colourOf = (share: number): string =>
  STEPS[Math.min(STEPS.length - 1, Math.floor(share * STEPS.length))] ?? STEPS[0];

/** The hierarchy as a map: a unit is as large as it has merchants, and as dark as they stand by a promise. */
export function CoverageMap({
  tree,
  label,
  say,
}: {
  tree: readonly CoverageNode[];
  label: string;
  /** A share in words. */
  say: (share: number) => string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const { token } = theme.useToken();
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const drawn = echarts.init(element, null, { renderer: 'svg' });
    const itemOf = ({ name, merchants, children, ...unit }: CoverageNode): Item => {
      const share = shareOf({ merchants, promised: unit.promised });
      return {
        name: `${name} ${say(share)}`,
        value: merchants,
        itemStyle: { color: colourOf(share) },
        label: { color: share < 0.8 ? '#1f1f1f' : '#ffffff' },
        ...(children ? { children: children.map(itemOf) } : {}),
      };
    };
    drawn.setOption({
      animation: false,
      tooltip: {},
      series: [
        {
          type: 'treemap',
          roam: false,
          top: 0,
          left: 0,
          right: 0,
          bottom: 36,
          nodeClick: 'zoomToNode',
          breadcrumb: {
            itemStyle: { color: token.colorFillSecondary, textStyle: { color: token.colorText } },
          },
          upperLabel: { show: true, height: 22, color: token.colorText },
          levels: [{}, { itemStyle: { borderColor: token.colorBorder, borderWidth: 2, gapWidth: 2 } }],
          data: tree.map(itemOf),
        },
      ],
    });
    const observer = new ResizeObserver(() => drawn.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      drawn.dispose();
    };
  }, [tree, say, token]);
  return <div ref={box} role="img" aria-label={label} className="heshi-coverage-map" />;
}
