/**
 * Provinces and prefecture-level cities of China as company names carry them: without 省, 市 or 自治区. From the open
 * list of administrative divisions that the regions of seeds/cn_regions are made of; names with which brands begin more
 * often than companies of that place (阿里, 白银) are left out.
 */
const CHINESE =
  '北京 天津 河北 石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 山西 太原 ' +
  '大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁 内蒙古 呼和浩特 包头 乌海 赤峰 通辽 ' +
  '鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 兴安 锡林郭勒 阿拉善 辽宁 沈阳 大连 鞍山 抚顺 本溪 丹东 ' +
  '锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛 吉林 长春 四平 辽源 通化 白山 松原 白城 延边 ' +
  '黑龙江 哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 大兴安岭 ' +
  '上海 江苏 南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 浙江 杭州 ' +
  '宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 安徽 合肥 芜湖 蚌埠 淮南 马鞍山 淮北 ' +
  '铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城 福建 福州 厦门 莆田 三明 泉州 漳州 ' +
  '南平 龙岩 宁德 江西 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 山东 济南 ' +
  '青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 临沂 德州 聊城 滨州 菏泽 河南 郑州 开封 ' +
  '洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 湖北 ' +
  '武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 湖南 长沙 株洲 湘潭 ' +
  '衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 湘西 广东 广州 韶关 深圳 珠海 汕头 ' +
  '佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 广西 ' +
  '南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左 海南 海口 三亚 ' +
  '三沙 儋州 重庆 四川 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 ' +
  '广安 达州 雅安 巴中 资阳 阿坝 甘孜 凉山 贵州 贵阳 六盘水 遵义 安顺 毕节 铜仁 黔西南 ' +
  '黔东南 黔南 云南 昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 楚雄 红河 文山 西双版纳 大理 ' +
  '德宏 怒江 迪庆 西藏 拉萨 日喀则 昌都 林芝 那曲 陕西 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 ' +
  '榆林 安康 商洛 甘肃 兰州 嘉峪关 金昌 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 临夏 甘南 ' +
  '青海 西宁 黄南 果洛 玉树 宁夏 银川 石嘴山 吴忠 固原 中卫 新疆 乌鲁木齐 克拉玛依 吐鲁番 ' +
  '哈密 昌吉 博尔塔拉 巴音郭楞 阿克苏 克孜勒苏 喀什 和田 伊犁 塔城 阿勒泰 台湾 香港 澳门'

/** The same as English names write them: pinyin, and what has a name of its own. */
const LATIN =
  'beijing tianjin hebei shijiazhuang tangshan qinhuangdao handan xingtai baoding zhangjiakou chengde ' +
  'cangzhou langfang hengshui shanxi taiyuan datong yangquan changzhi jincheng shuozhou jinzhong ' +
  'yuncheng xinzhou linfen luliang innermongolia huhehaote baotou wuhai chifeng tongliao eerduosi ' +
  'hulunbeier bayannaoer wulanchabu xingan xilinguole alashan liaoning shenyang dalian fushun benxi ' +
  'dandong jinzhou yingkou fuxin liaoyang panjin tieling chaoyang huludao jilin changchun siping ' +
  'liaoyuan tonghua baishan songyuan baicheng yanbian heilongjiang harbin qiqihaer hegang shuangyashan ' +
  'daqing jiamusi qitaihe mudanjiang heihe suihua daxinganling shanghai jiangsu nanjing wuxi xuzhou ' +
  'changzhou suzhou nantong lianyungang huaian yancheng yangzhou zhenjiang taizhou suqian zhejiang ' +
  'hangzhou ningbo wenzhou jiaxing huzhou shaoxing jinhua quzhou zhoushan lishui anhui hefei wuhu ' +
  'bengbu huainan maanshan huaibei tongling anqing huangshan chuzhou fuyang bozhou chizhou xuancheng ' +
  'fujian fuzhou xiamen putian sanming quanzhou zhangzhou nanping longyan ningde jiangxi nanchang ' +
  'jingdezhen pingxiang jiujiang xinyu yingtan ganzhou shangrao shandong jinan qingdao zibo zaozhuang ' +
  'dongying yantai weifang jining taian weihai rizhao linyi dezhou liaocheng binzhou heze henan ' +
  'zhengzhou kaifeng luoyang pingdingshan anyang hebi xinxiang jiaozuo puyang xuchang luohe sanmenxia ' +
  'nanyang shangqiu xinyang zhoukou zhumadian hubei wuhan huangshi shiyan yichang xiangyang ezhou ' +
  'jingmen xiaogan jingzhou huanggang xianning suizhou enshi hunan changsha zhuzhou xiangtan hengyang ' +
  'shaoyang yueyang changde zhangjiajie yiyang chenzhou yongzhou huaihua loudi xiangxi guangdong ' +
  'guangzhou shaoguan shenzhen zhuhai shantou foshan jiangmen zhanjiang maoming zhaoqing huizhou ' +
  'meizhou shanwei heyuan yangjiang qingyuan dongguan zhongshan chaozhou jieyang yunfu guangxi nanning ' +
  'liuzhou guilin wuzhou beihai fangchenggang qinzhou guigang yulin hezhou hechi laibin chongzuo hainan ' +
  'haikou sanya sansha danzhou chongqing sichuan chengdu zigong panzhihua luzhou deyang mianyang ' +
  'guangyuan suining neijiang leshan nanchong meishan yibin guangan dazhou bazhong ziyang liangshan ' +
  'guizhou guiyang liupanshui zunyi anshun bijie tongren qianxinan qiandongnan qiannan yunnan kunming ' +
  'qujing yuxi baoshan zhaotong lijiang lincang chuxiong honghe wenshan xishuangbanna dehong nujiang ' +
  'diqing tibet lasa rikaze changdou linzhi shaanxi tongchuan baoji xianyang weinan yanan hanzhong ' +
  'ankang shangluo gansu lanzhou jiayuguan jinchang baiyin tianshui wuwei zhangye pingliang jiuquan ' +
  'qingyang dingxi longnan linxia gannan qinghai xining huangnan guoluo yushu ningxia yinchuan ' +
  'shizuishan wuzhong guyuan zhongwei xinjiang urumqi kelamayi tulufan changji boertala bayinguoleng ' +
  'akesu kezilesu kashen hetian yili tacheng aletai taiwan hongkong macau'

/** In Chinese, the longest first. */
export const CHINESE_PLACES: readonly string[] = CHINESE.split(' ').sort(
  (one, other) => other.length - one.length,
)

/** In Latin letters, one word each. */
export const LATIN_PLACES: ReadonlySet<string> = new Set(LATIN.split(' '))
