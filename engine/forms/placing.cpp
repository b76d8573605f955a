#include "forms/placing.hpp"

#include <array>
#include <utility>

#include "forms/headings.hpp"

namespace jixiao::forms {
namespace {

using IdSpellings = std::pair<const char*, std::string_view>;

// In order: the first that fits is meant.
constexpr std::array blocks{
    IdSpellings{"execution", "预算执行|执行率|资金执行|execution"},
    IdSpellings{"satisfaction", "满意|satisfaction"},
    IdSpellings{"cost", "成本|cost"},
    IdSpellings{"benefit", "效益|效果|影响力|benefit|effect|outcome|impact"},
    IdSpellings{"output", "产出|完成|output"},
};
constexpr std::array types{
    IdSpellings{"service", "满意|satisfaction|client"},
    IdSpellings{"economic_cost", "经济成本"},
    IdSpellings{"social_cost", "社会成本"},
    IdSpellings{"ecological_cost", "生态环境成本|生态成本|环境成本"},
    IdSpellings{"quantity", "数量|quantity"},
    IdSpellings{"quality", "质量|quality"},
    IdSpellings{"timeliness", "时效|进度|时间|timeliness"},
    IdSpellings{"cost", "成本|cost"},
    IdSpellings{"economic", "经济|economic"},
    IdSpellings{"ecological", "生态|环境|ecological|environment"},
    IdSpellings{"sustained", "可持续|持续影响|长效|sustain"},
    IdSpellings{"social", "社会|social"},
};

template <std::size_t size>
std::string first_id(const std::array<IdSpellings, size>& table, std::string_view words) {
  std::string text = bare(words);
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  for (const auto& [id, spellings] : table) {
    if (has_any(text, spellings)) return id;
  }
  return {};
}

}  // namespace

std::string block_of(std::string_view words) { return first_id(blocks, words); }
std::string type_of(std::string_view words) { return first_id(types, words); }

std::string home_of(std::string_view type, bool cost_apart) {
  if (is_any(type, "quantity|quality|timeliness")) return "output";
  if (is_any(type, "cost")) return cost_apart ? "cost" : "output";
  if (is_any(type, "economic_cost|social_cost|ecological_cost")) return "cost";
  if (is_any(type, "economic|social|ecological|sustained")) return "benefit";
  if (type == "service") return "satisfaction";
  return {};
}

bool speaks_of_time(std::string_view name) {
  return has_any(bare(name), "及时|按时|按期|准时|如期|完成时间|完成时限");
}
bool speaks_of_harm(std::string_view name) {
  const std::string words = bare(name);
  // What is done against a harm is no harm: 事故处理率, 投诉办结率, 隐患整改率.
  if (has_any(words,
              "处理率|处置率|办结率|整改率|化解率|解决率|回复率|响应率|下降率|降低率|减少率|控制率|"
              "排查|防治|防控|预防|查处|救助|治理|修复率|挽回|降幅|及时率|演练|培训|宣传|教育|筛查|"
              "监测|"
              "检测|改造|覆盖率|完成率|清零|消除|保险|化解|整治"))
    return false;
  if (has_any(words, "达标率") && !has_any(words, "不达标率")) return false;
  if (has_any(words, "下降|降低|减少") && has_any(words, "率|幅")) return false;
  return has_any(words,
                 "投诉|事故|违规|违纪|违法|差错|误差|返工|流失|死亡|超支|逾期|辍学|纠纷|能耗|耗能|"
                 "耗电|耗水|排放|浓度|污染|受害|成灾|发病|感染率|"
                 "致残|伤亡|伤残|火灾|灾害发生|病害|虫害|损失|损耗|浪费|缺勤|旷工|离职|失业|空置|"
                 "闲置|故障|停机|停电|失效|报废|不合格|次品|废品|"
                 "退货|退件|延误|延迟|滞后|超期|超时|拖欠|欠薪|欠缴|不良率|坏账|负债率|违约|上访|"
                 "信访量|信访件|信访数|舆情|负面|泄密|泄漏|渗漏|漏损|"
                 "破损|破坏|犯罪|案发|发案|立案|事件发生|舞弊|贪污|挪用|截留|虚报|变质|流产|溺水|"
                 "中毒|超标|偏差率|等待时|处理时长|处置时长|响应时长|办理时长|"
                 "处理时间|响应时间|办理时限|平均时长|用时|返贫|致贫|贫困发生|空缺|死亡率|病死|"
                 "患病|复发|复吸|违章|超载|拥堵|三公经费变动|超编|内涝|积水|漏检|漏诊|误诊|误报|"
                 "漏报|错报|"
                 "错案|失学|退学|缺课|旷课|迟到|早退|断供|停水|停产|停工|塌方|坠落|踩踏|盗窃|诈骗|"
                 "肇事|缺陷|瑕疵|裂缝|漏水|噪声|噪音|扬尘|粉尘|近视率|贫血率|脱落率|脱岗|积压|"
                 "等候时间|候诊|排队|碳强度|化学需氧量|氨氮|耗用|损毁|灭失|过期|霉变|赤字|欠款|"
                 "不达标|退单|差评|错误率|错误数|发现问题|审计问题|弃渔|撂荒|侵权|不良反应|偷漏|"
                 "人均耗时|等待时长|平均耗时") ||
         words.find("抛荒") != std::string::npos;
}

std::string sign_of(std::string_view op) {
  const std::string words = bare(op);
  if (is_any(words, "正向|正向指标|正指标")) return "≥";
  if (is_any(words, "反向|逆向|负向|反向指标|逆向指标|负向指标")) return "≤";
  return words;
}

bool is_rate(std::string_view name) {
  return has_any(bare(name), "率|比例|占比|满意度|达标|覆盖面") &&
         !has_any(bare(name), "增长|提高|提升|增幅|增速|倍|同比|增加|变动|变化|负债|超");
}

bool speaks_of_good(std::string_view name) {
  const std::string words = bare(name);
  return has_any(words,
                 "人数|人次|次数|场次|场数|期数|个数|户数|份数|件数|项数|数量|面积|里程|长度|覆盖|"
                 "合格|满意|完成|及时|达标|到位|知晓|参与|参会|出勤|就业|增收|"
                 "收入|产量|产值|受益|惠及|培训|建设|新增|改造|修缮|养护|补助|发放|服务|宣传|利用|"
                 "使用率|入住|签约|有效|准确|优良|优秀|通过|持证|录取|"
                 "提升|提高|增长|改善|保障|保存率|成活|治愈|回收|供应|普及|落实|执行率|公开|规范|"
                 "健全|处理率|处置率|办结率|整改率|化解率|解决率|响应率|"
                 "下降率|降低率|减少率|降幅|节约率|trained|satisf|rate|number") &&
         !speaks_of_harm(name);
}

}  // namespace jixiao::forms
