/** What is wrong with a whole file. */
export const fileRule = {
  'empty-file': '文件“{{file}}”是空的，没有可导入的内容。',
  'too-large': '文件“{{file}}”太大（{{megabytes}} MB），上限为 {{limit}} MB。请拆分后再导入。',
  'too-many-rows': '文件“{{file}}”超过 {{limit}} 行的上限。请拆分后再导入。',
  'unpacks-too-far':
    '文件“{{file}}”解开后超过自身的 {{ratio}} 倍，不像登记表，未读取。请在 Excel 或 WPS 中打开，另存为 .xlsx 后再导入。',
  'took-too-long': '文件“{{file}}”读了 {{seconds}} 秒仍未读完，已停止。请拆分后再导入。',
  'needs-too-much-memory': '读取文件“{{file}}”需要的内存太多，已停止。请拆分后再导入。',
  'sheet-missing': '文件“{{file}}”中没有选定的工作表，或表中没有内容。',
  'too-many-columns': '文件“{{file}}”有 {{columns}} 列，上限为 {{limit}} 列。',
  'password-protected': '文件“{{file}}”设有密码。请先取消密码另存，再导入。',
  'legacy-xls':
    '文件“{{file}}”是旧版 .xls 或 .et 格式，读不出来。请在 Excel 或 WPS 中另存为 .xlsx 后再导入。',
  'unreadable-ods':
    '文件“{{file}}”是 .ods 格式，已损坏或太大。请在 LibreOffice 或 WPS 中另存为 .xlsx 后再导入。',
  'html-file': '文件“{{file}}”实际是网页，不是表格。请用 Excel 或 WPS 打开后另存为 .xlsx 再导入。',
  'damaged-xlsx': '文件“{{file}}”已损坏，无法打开（{{detail}}）。',
  'not-a-table': '文件“{{file}}”不是表格。请选择 .xlsx、.xls、.ods 或 .csv 文件。',
  'not-text': '文件“{{file}}”不是文本，也不是 .xlsx 表格。',
  undecodable: '文件“{{file}}”第 {{line}} 行的文字编码无法识别（支持 UTF-8、UTF-16 和 GB18030）。',
  'foreign-encoding':
    '文件“{{file}}”的文字编码像是 {{encoding}}，按 GB18030 读出来是乱码。请另存为 UTF-8 编码或 .xlsx 后再导入。',
  'damaged-utf-8': '文件“{{file}}”第 {{line}} 行有损坏的字符（UTF-8）。请重新导出文件。',
  'unclosed-quote': '文件“{{file}}”第 {{row}} 行的引号没有成对，内容无法区分。',
  'no-header': '文件“{{file}}”第 {{row}} 行像是数据，找不到表头。请在第一行写上列名。',
  'no-rows': '文件“{{file}}”只有表头，没有数据行。',
};

/** What is wrong with a mapping or a row. `label` is the column's header in the file, or the field's name. */
export const rule = {
  // mapping
  'unknown-target': '没有“{{field}}”这个字段。',
  'column-missing': '没有指定“{{label}}”对应的列。',
  'column-out-of-range': '“{{label}}”指定的第 {{number}} 列在文件中不存在。',
  'column-used-twice': '列“{{column}}”已用于“{{other}}”，不能再用于“{{label}}”。',
  // rows
  'broken-quotes': '本行的引号位置有误，各列内容不可靠。',
  'too-many-cells': '本行有 {{actual}} 列，表头只有 {{expected}} 列，内容可能已错位。',
  'shifted-row': '本行内容整体错位了一列（{{direction}}）。',
  'total-row': '本行是合计行，不是一条记录。',
  'repeated-header': '本行是重复的表头，不是一条记录。',
  'number-cut':
    '“{{label}}”的内容“{{value}}”被表格软件截短，后面的数字已丢失。请把该列设为文本，重新填写原来的数字。',
  'spreadsheet-error': '“{{label}}”的内容“{{value}}”是表格的出错提示，不是填写的内容。',
  'formula-without-result':
    '“{{label}}”是公式“{{value}}”，文件中没有它的结果。请用 Excel 或 WPS 打开并保存后再导入。',
  'damaged-text': '“{{label}}”的内容“{{value}}”是乱码，原来的文字已丢失。',
  'duplicate-row': '编号“{{value}}”与第 {{first}} 行重复。',
  required: '“{{label}}”不能为空。',
  'too-long': '“{{label}}”有 {{length}} 个字，上限为 {{limit}} 个字。',
  'bad-date': '“{{label}}”的内容“{{value}}”不是有效日期。',
  'ambiguous-date': '“{{label}}”的内容“{{value}}”分不清月和日，请选择日期格式。',
  'date-too-early': '“{{label}}”为 {{value}}，早于 {{limit}}（《消费者权益保护法》施行日）。',
  'date-in-future': '“{{label}}”为 {{value}}，晚于今天（{{today}}）。',
  'closed-before-start': '“{{label}}”为 {{closed}}，早于开始日期 {{started}}。',
  'not-closed': '“{{label}}”为空：尚未办结的投诉不能作为历史案件导入。',
  'unknown-word': '“{{label}}”的内容“{{value}}”没有对应的处理结果，请在对应表中补充。',
  'bad-amount': '“{{label}}”的内容“{{value}}”不是金额。',
  'negative-amount': '“{{label}}”的内容“{{value}}”是负数。',
  'amount-too-large': '“{{label}}”的内容“{{value}}”超出上限。',
  'bad-phone': '“{{label}}”的内容“{{value}}”不是电话号码。',
  'bad-window': '“{{label}}”的内容“{{value}}”不是 1 到 365 的天数。',
  'credit-code-none': '“{{label}}”的内容“{{value}}”不是代码。',
  'credit-code-too-long': '“{{label}}”的内容“{{value}}”有 {{length}} 位，代码为 18 位。',
  'refund-above-paid': '“{{label}}”为 {{value}} 元，超过实付金额 {{paid}} 元。',
  'refunds-above-paid':
    '同一小票同一商品的退款自第 {{first}} 行起合计 {{value}} 元，超过实付金额 {{paid}} 元。',
  'returned-above-bought': '“{{label}}”为 {{value}}，超过购买数量 {{bought}}。',
  'bad-count': '“{{label}}”的内容“{{value}}”不是数量。',
  'before-purchase': '“{{label}}”为 {{value}}，早于购买日期 {{purchased}}。',
  'refund-before-request': '“{{label}}”为 {{value}}，早于申请日期 {{requested}}。',
  'till-line-differs': '“{{label}}”的“{{value}}”与第 {{first}} 行相同，内容却不同。',
  'shop-missing': '本单位还没有登记商户，退货无法归户。',
  'shop-needed': '本单位有 {{count}} 家商户，须写明是哪一家。',
  'shop-unknown': '本单位没有名为“{{value}}”的商户。',
};

/** What is noted of a row that is kept. `value` is what the cell says. */
export const note = {
  'address-blank': '“{{label}}”为空。',
  'credit-code-doubtful': '“{{label}}”的内容“{{value}}”可疑，请核对第 {{positions}} 位；确认后照原样导入。',
  'credit-code-wrong-length': '“{{label}}”的内容“{{value}}”有 {{length}} 位，应为 18 位；确认后照原样导入。',
  'earlier-number': '“{{label}}”的内容“{{value}}”是 15 位工商注册号，记为曾用编号。',
  'category-assumed': '“{{label}}”看不出主体类型，按其他经营者记。',
  'category-blank': '“{{label}}”为空，按其他记。',
  'category-unknown': '“{{label}}”的内容“{{value}}”没有对应的类别，按其他记。',
  'satisfaction-blank': '“{{label}}”为空，按未评价记。',
  'satisfaction-unknown': '“{{label}}”的内容“{{value}}”没有对应的评价，按未评价记。',
  'same-till-line': '退货单号“{{value}}”与第 {{first}} 行是同一笔，只计一件。',
  'return-waits': '“{{label}}”为空，登记为待决定的退货。',
  'goods-blank': '“{{label}}”为空，按其他商品记。',
  'goods-unknown': '“{{label}}”的内容“{{value}}”没有对应的商品类别，按其他商品记。',
  'same-as-earlier-row': '与前面的一行内容完全相同，仍各计一条。',
  'no-value': '“{{label}}”的内容“{{value}}”是公式或出错提示，没有结果，按空白记。',
  damaged: '“{{label}}”的内容“{{value}}”有乱码，原样保留，请核对。',
  'left-out': '“{{label}}”的内容“{{value}}”太长，像是备注，未记入。',
  'odd-name': '“{{label}}”的内容是“{{value}}”，不像商户名称，请核对。',
  'no-phone': '“{{label}}”的内容“{{value}}”不是电话号码，按空白记。',
  'phone-several': '“{{label}}”的内容“{{value}}”有多个号码，只记第一个 {{phone}}。',
  'phone-extension': '“{{label}}”的内容“{{value}}”带分机，只记总机 {{phone}}。',
  'phone-remark': '“{{label}}”的内容“{{value}}”带备注，只记号码 {{phone}}。',
  'phone-zero-restored': '“{{label}}”的内容“{{value}}”少了区号前的 0，按 {{phone}} 记。',
  'day-assumed': '“{{label}}”的内容“{{value}}”没有写明年份，按 {{day}} 记，请核对。',
  'amount-merged': '“{{label}}”是与上面合并的单元格，金额 {{value}} 只在第一行计一次。',
  'amount-approximate': '“{{label}}”的内容“{{value}}”不是准确数，按 {{yuan}} 元记。',
  'amount-rounded': '“{{label}}”的内容“{{value}}”不足一分的部分四舍五入，按 {{yuan}} 元记。',
  'amount-remark': '“{{label}}”的内容“{{value}}”带备注，按 {{yuan}} 元记。',
  'amount-unit': '“{{label}}”的单位是{{unit}}，“{{value}}”按 {{yuan}} 元记。',
};

/** What is said of a file as a whole. */
export const remark = {
  'sheet-not-read': '工作表“{{sheet}}”（{{rows}} 行）没有读取。',
  'hidden-sheet-not-read': '隐藏的工作表“{{sheet}}”（{{rows}} 行）没有读取。',
  'column-not-used': '第 {{number}} 列“{{header}}”没有使用：“{{label}}”已取自第 {{other}} 列。',
  'title-unit': '表头上方写明单位为{{unit}}，没有写单位的金额即按此计。',
  'title-unit-of-sheet': '工作表“{{sheet}}”写明单位为{{unit}}，没有写单位的金额即按此计。',
};

/** What a column may hold; `row` for what concerns the whole row. */
export const field = {
  row: '整行',
  name: '商户名称',
  creditCode: '统一社会信用代码',
  aliases: '曾用编号',
  unitName: '所属商场',
  category: '主体类型',
  address: '经营地址',
  contactName: '联系人',
  phone: '联系电话',
  commitmentWindowDays: '承诺退货天数',
  externalNumber: '投诉编号',
  consumerName: '投诉人',
  consumerPhone: '投诉人电话',
  merchantName: '被投诉商户',
  merchantAddress: '商户地址',
  addressPart2: '地址（第二部分）',
  addressPart3: '地址（第三部分）',
  addressPart4: '地址（第四部分）',
  addressPart5: '地址（第五部分）',
  addressPart6: '地址（第六部分）',
  industry: '行业',
  object: '商品或服务类别',
  problem: '纠纷类别',
  startedOn: '投诉日期',
  closedOn: '办结日期',
  outcome: '处理结果',
  satisfaction: '满意度',
  restitution: '挽回损失',
  tillNumber: '退货单号',
  shopName: '门店',
  goodsName: '商品',
  goodsCategory: '商品类别',
  purchasedOn: '购买日期',
  paid: '实付金额',
  quantity: '购买数量',
  requestedOn: '申请日期',
  refunded: '退款金额',
  refundedOn: '退款日期',
  returnedQuantity: '退货数量',
  proofNumber: '小票号',
  buyerName: '消费者',
  buyerPhone: '消费者电话',
};

/** Units in which registers give amounts, by how many tens of yuan they are. */
export const moneyUnit = { '3': '千元', '4': '万元', '8': '亿元' };

export const direction = { right: '向右', left: '向左' };

/** Headings of the columns a report of refused rows begins with. */
export const report = { row: '行号', field: '字段', rule: '规则', message: '原因' };
