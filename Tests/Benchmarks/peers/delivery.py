"""What stands where in a synthetic delivery, for the peers that read the files themselves.

Only what the rubric `party-building` needs is named here. The words for codes are taken from the
rule pack's own code tables, so that the peers and Heng call a thing by the same code.
"""

from __future__ import annotations

import codecs
import csv
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]
PACK = PROJECT / "inputs/rules/luoyang-2018"
HEADER_WITHIN = 15


@dataclass
class Source:
    """One form of export: where its rows are, and which column is which field."""

    kind: str
    columns: dict[str, str]
    rows: str = ""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass
class File:
    """A delivered file and how it is to be read."""

    path: str
    source: Source
    encoding: str
    separator: str = ","
    first: int = 0
    """Lines before the first row."""
    width: int = 0
    places: dict[str, int] = field(default_factory=dict)
    """Of each field, the cell in a row."""


def words(table: str) -> dict[str, str]:
    """All words of a code table, each with the code that it stands for."""
    found = {}
    with open(PACK / f"codes/{table}.csv", encoding="utf-8-sig", newline="") as rows:
        for row in csv.DictReader(rows):
            for word in (row["code"], row["name"], *row["aliases"].split("|")):
                found.setdefault(word, row.get("means") or row["code"])
    found.pop("", None)
    return found


def public_types() -> list[str]:
    """Types of companies that are known not to be private."""
    with open(PACK / "codes/company-types.csv", encoding="utf-8-sig", newline="") as rows:
        return [row["code"] for row in csv.DictReader(rows) if row["non_public"] == "no"]


YEARS = {"report_year", "inspection_year", "tax_year", "conduct_year"}
COUNTS = {
    "employees", "party_members_reported", "full_members", "trained_cadres", "developed_members",
    "activists", "guidance_visits_due", "guidance_visits_held", "dues_paid", "dues_returned",
    "member_meetings_due", "member_meetings_held", "committee_meetings_due",
    "committee_meetings_held", "group_meetings_due", "group_meetings_held", "lectures_due",
    "lectures_held", "theme_days_due", "theme_days_held", "model_posts", "pioneer_posts",
    "duty_areas", "owner_support_documents", "contributions", "innovations"}
DATES = {"filed_on", "concluded_on", "ledger_on", "term_to", "routed_on", "listed_on", "removed_on",
         "repaired_on", "decided_on", "use_until"}
FLAGS = {"charity", "instructor", "liaison", "liaison_from_management", "labour_union",
         "youth_league", "women_federation", "dual_entry", "head_trained", "charter_clause",
         "standard_adopted", "funds_in_budget", "organization_life_held", "democratic_review_held",
         "service_review_held", "internet_roster", "wage_arrears"}
FLAG_WORDS = {"是": True, "1": True, "否": False, "0": False}
CODES = {
    "entity_type": words("company-types"),
    "registration_state": words("registration-states"),
    "industry": words("industries"),
    "reported_organization_level": words("organization-levels"),
    "conclusion": words("inspection-conclusions"),
    "party_item": words("party-items"),
    "organization_way": words("organization-ways"),
    "organization_level": words("organization-levels"),
    "supervisor_kind": words("supervisor-kinds"),
    "venue": words("venues"),
    "listing_kind": words("listing-kinds"),
    "penalty_kind": words("penalty-kinds"),
    "tax_level": words("tax-grades"),
    "result": words("correction-results"),
}
# Where one row a unit counts: the latest by this field.
LATEST = {"annual_report": "report_year", "party_ledger": "ledger_on", "routing": "routed_on",
          "conduct": "conduct_year", "tax_grade": "tax_year"}


def numbered(codes: str, start: int = 1) -> dict[str, str]:
    return {str(number): code for number, code in enumerate(codes.split(), start)}


XML = {
    "DATASET": Source(
        "registration", rows="DATASET/ROW", columns={
            "uscc": "UNISCID", "entity_type": "ENTTYPE", "registration_state": "REGSTATE",
            "industry": "INDUSTRYCO", "employees": "EMPNUM"},
        codes={"registration_state": words("registration-state-codes")}),
    "Enterprises": Source(
        "registration", rows="Enterprises/District/Ent", columns={
            "uscc": "@uniscid", "entity_type": "@enttype", "registration_state": "@state",
            "industry": "Industry/Code", "employees": "Staff/@total"}),
    "SOCIALORGS": Source(
        "registration", rows="SOCIALORGS/ORG", columns={
            "uscc": "UNISCID", "registration_state": "REGSTATE", "industry": "INDUSTRYPHY",
            "employees": "EMPNUM", "charity": "CHARITY"},
        codes={"registration_state": numbered("active cancelled annulled"),
               "charity": {"1": "1", "2": "0"}}),
    "ANREPORT": Source(
        "annual_report", rows="ANREPORT/ROW", columns={
            "uscc": "UNISCID", "report_year": "ANCHEYEAR", "filed_on": "ANCHEDATE",
            "registration_state": "BUSST", "employees": "EMPNUM",
            "party_members_reported": "NUMPARM", "reported_organization_level": "PARINS"},
        codes={"registration_state": numbered("active suspended liquidating"),
               "reported_organization_level": numbered("none branch general_branch committee", 0)}),
    "NBDATA": Source(
        "annual_report", rows="NBDATA/REPORTS/REPORT", columns={
            "uscc": "UNISCID", "report_year": "../@year", "filed_on": "ANCHEDATE",
            "employees": "EMPNUM", "party_members_reported": "NUMPARM",
            "reported_organization_level": "PARINS"},
        codes={"reported_organization_level": numbered("committee general_branch branch none")}),
    "NJDATA": Source(
        "inspection", rows="NJDATA/ROW", columns={
            "uscc": "UNISCID", "inspection_year": "NJYEAR", "conclusion": "CONCLUSION",
            "concluded_on": "CONCLUDEDATE", "party_item": "PARTYITEM"},
        codes={"conclusion": words("inspection-conclusion-codes"),
               "party_item": numbered("built covered should_build none")}),
    "DZZ": Source(
        "party_ledger", rows="DZZ/DW", columns={
            "uscc": "UNISCID", "ledger_on": "TZRQ", "organization_way": "ZJXS",
            "organization_level": "DZZLB", "term_to": "JMRQ", "supervisor_kind": "SJLB",
            "full_members": "ZSDY", "trained_cadres": "SXPY/DYGG", "developed_members": "SXPY/GGDY",
            "activists": "SXPY/JJFZ", "instructor": "ZDY", "liaison": "LLY",
            "liaison_from_management": "GLCLLY", "guidance_visits_due": "LXFW/@due",
            "guidance_visits_held": "LXFW/@held", "labour_union": "GH", "youth_league": "GQT",
            "women_federation": "FL", "dual_entry": "SXJR", "head_trained": "PX",
            "charter_clause": "DJRZ", "standard_adopted": "GFBZ", "venue": "HDCS",
            "funds_in_budget": "JFLZ", "dues_paid": "DF/SJ", "dues_returned": "DF/FH",
            "member_meetings_due": "DYDH/@due", "member_meetings_held": "DYDH/@held",
            "committee_meetings_due": "ZWH/@due", "committee_meetings_held": "ZWH/@held",
            "group_meetings_due": "DXZH/@due", "group_meetings_held": "DXZH/@held",
            "lectures_due": "DK/@due", "lectures_held": "DK/@held", "theme_days_due": "ZTDR/@due",
            "theme_days_held": "ZTDR/@held", "organization_life_held": "ZZSHH",
            "democratic_review_held": "MZPY", "service_review_held": "FWPY",
            "model_posts": "GW/SFG", "pioneer_posts": "GW/XFG", "duty_areas": "GW/ZRQ",
            "owner_support_documents": "CZRCL", "contributions": "FWDJ", "innovations": "GXXM"},
        codes={"organization_way": numbered("none single joint area functional", 0),
               "organization_level": numbered(
                   "none committee general_branch branch joint_branch temporary_branch "
                   "functional_branch", 0),
               "supervisor_kind": numbered(
                   "none enterprise_committee guidance_station zone county street industry", 0),
               "venue": numbered("none own shared", 0)}),
    "CREDIT": Source(
        "listing", rows="CREDIT/LIST/ITEM", columns={
            "uscc": "UNISCID", "listing_kind": "LISTKIND", "listed_on": "LISTDATE",
            "removed_on": "REMOVEDATE"},
        codes={"listing_kind": words("listing-kind-codes")}),
}

# Headings; of two lines of them the upper one stands before the dot, as far as it reaches.
CSV = [
    Source("registration", {
        "uscc": "统一社会信用代码", "entity_type": "企业类型|市场主体类型",
        "registration_state": "登记状态", "industry": "行业门类", "employees": "从业人数"}),
    Source("registration", {
        "uscc": "统一社会信用代码", "registration_state": "登记状态", "industry": "行业",
        "employees": "从业人数", "charity": "是否慈善组织"}),
    Source("annual_report", {
        "uscc": "统一社会信用代码", "report_year": "年报年度", "filed_on": "年报时间",
        "registration_state": "登记状态", "employees": "从业人数",
        "party_members_reported": "中共党员(包括预备党员)人数",
        "reported_organization_level": "党组织建制"}),
    Source("inspection", {
        "uscc": "统一社会信用代码", "inspection_year": "年检情况·年度",
        "conclusion": "年检情况·结论", "concluded_on": "年检情况·结论日期",
        "party_item": "党建情况·党建工作情况"}),
    Source("party_ledger", {
        "uscc": "统一社会信用代码", "ledger_on": "台账日期", "organization_way": "组建形式",
        "organization_level": "党组织类别", "term_to": "届满日期",
        "supervisor_kind": "直接主管党组织类别", "full_members": "正式党员数",
        "trained_cadres": "党员培养为骨干人数", "developed_members": "骨干培养为党员人数",
        "activists": "入党积极分子人数", "instructor": "是否派驻党建指导员",
        "liaison": "是否派驻党建联络员", "liaison_from_management": "联络员是否由管理层担任",
        "guidance_visits_due": "联系服务·应到", "guidance_visits_held": "联系服务·实到",
        "labour_union": "工会", "youth_league": "共青团", "women_federation": "妇联",
        "dual_entry": "是否双向进入交叉任职", "head_trained": "党组织负责人年内是否参训",
        "charter_clause": "党建工作是否写入章程", "standard_adopted": "是否执行规范化标准",
        "venue": "党组织活动场所", "funds_in_budget": "活动经费是否列支", "dues_paid": "上缴党费",
        "dues_returned": "返还党费", "member_meetings_due": "党员大会·应开",
        "member_meetings_held": "党员大会·实开", "committee_meetings_due": "支委会·应开",
        "committee_meetings_held": "支委会·实开", "group_meetings_due": "党小组会·应开",
        "group_meetings_held": "党小组会·实开", "lectures_due": "党课·应上",
        "lectures_held": "党课·实上", "theme_days_due": "主题党日·应开展",
        "theme_days_held": "主题党日·实开展", "organization_life_held": "是否召开组织生活会",
        "democratic_review_held": "是否开展民主评议", "service_review_held": "是否开展服务评议",
        "model_posts": "示范岗数", "pioneer_posts": "先锋岗数", "duty_areas": "责任区数",
        "owner_support_documents": "出资人支持党建材料数", "contributions": "服务大局事项数",
        "innovations": "党组织牵头革新项目数"}),
    Source("routing", {"uscc": "统一社会信用代码", "internet_roster": "是否列入互联网业名册",
                       "routed_on": "隶属登记日期"}),
    Source("listing", {"uscc": "统一社会信用代码", "listing_kind": "名单类别",
                       "listed_on": "列入日期", "removed_on": "移出日期"}),
    Source("penalty", {
        "uscc": "统一社会信用代码", "penalty_kind": "处罚种类", "decided_on": "处罚决定日期",
        "use_until": "公示截止日期", "repaired_on": "信用修复日期"}),
    Source("tax_grade", {"uscc": "纳税人识别号", "tax_year": "评价年度",
                         "tax_level": "纳税信用级别"}),
    Source("conduct", {"uscc": "统一社会信用代码", "conduct_year": "经营情况年度",
                       "wage_arrears": "是否拖欠工资"}),
    Source("correction", {
        "uscc": "统一社会信用代码", "file": "原始文件", "field": "字段", "old_value": "原值",
        "new_value": "更正值", "result": "处理结果"}),
]


def recognised(folder: str) -> list[File]:
    """The files that the rubric needs, largest first, each known by its content as in Heng."""
    found = []
    for path in sorted(Path(folder).rglob("*"), key=os.path.getsize, reverse=True):
        if path.suffix in (".xml", ".csv", ".txt"):
            file = recognise(path)
            if file:
                found.append(file)
    return found


def recognise(path: Path) -> File | None:
    with open(path, "rb") as opened:
        start = opened.read(1 << 16)
    if path.suffix == ".xml":
        text = start[:1000].decode("latin-1")
        source = XML.get(re.search(r"<([A-Za-z]\w*)", text)[1])
        # Files that declare GB2312 hold characters that only GB18030 has.
        encoding = "GB18030" if re.search(r'encoding="GB', text) else "UTF-8"
        return source and File(str(path), source, encoding)
    encoding = encoding_of(start)
    lines = codecs.getincrementaldecoder(encoding)("ignore").decode(start).splitlines()
    separator = "\t" if "\t" in lines[0] else ","
    rows = list(csv.reader(lines[:HEADER_WITHIN], delimiter=separator))
    for source in CSV:
        for index, row in enumerate(rows):
            places = places_of(source, rows[index - 1] if index else [], row)
            if len(places) == len(source.columns):
                return File(str(path), source, encoding, separator, index + 1, len(row), places)
    return None


def places_of(source: Source, upper: list[str], row: list[str]) -> dict[str, int]:
    at, group = {}, ""
    for place, heading in enumerate(row):
        group = (upper[place] if place < len(upper) else "") or group
        at.setdefault(heading, place)
        at.setdefault(f"{group}·{heading}", place)
    return {name: at[heading] for name, headings in source.columns.items()
            for heading in headings.split("|") if heading in at}


def encoding_of(start: bytes) -> str:
    if start.startswith(codecs.BOM_UTF16_LE):
        return "UTF-16"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
        return "utf-8-sig"
    except UnicodeDecodeError:
        return "GB18030"


def delivered(folder: str) -> list[str]:
    """The files as corrections name them."""
    return [str(path.relative_to(folder)) for path in Path(folder).rglob("*")]


def as_of(folder: str) -> str:
    """The date at which the criteria are applied."""
    plan = (Path(folder) / "run.yaml").read_text(encoding="utf-8")
    return re.search(r"^as-of: *(\S+)", plan, re.MULTILINE)[1]
