export default {
  title: '向公众公布等级',
  text: '店铺的公众页面总是显示退货承诺；是否同时显示信用等级，由商圈决定。',
  shown: '公众可见',
  hidden: '公众不可见',
  by: '{{name}}：{{reason}}',
  never: '尚未决定，默认不公布',
  show: '公布等级',
  hide: '停止公布',
  of: '{{action}}：{{name}}',
  showTitle: '公布 {{name}} 商户的等级',
  hideTitle: '停止公布 {{name}} 商户的等级',
  showText: '同步到中心后，扫描店内公示牌即可看到等级、分值、主要扣分原因和商户说明。',
  hideText: '同步到中心后，公众页面只显示退货承诺，不留等级的痕迹。',
  reason: '理由',
};

export const rules = {
  'publication-circle': '只有商圈可以决定是否公布等级',
  'publication-same': '已经是这样',
};
