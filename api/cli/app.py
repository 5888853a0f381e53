"""All commands under one name, and what happens when one of them fails."""

from __future__ import annotations

import sys

import typer

from api.cli.accuracy import accuracy_command
from api.cli.adjust import adjust_command, update_command
from api.cli.audit import audit
from api.cli.backtest import backtest_command
from api.cli.backup import backup_command, restore_command
from api.cli.callers import callers_command
from api.cli.check import check_command
from api.cli.console import BAD_INPUT, INTERRUPTED, err
from api.cli.demo import demo_command
from api.cli.example import example_command
from api.cli.forecast import forecast_command
from api.cli.newcomer import newcomer_command
from api.cli.plan import plan_command
from api.cli.pool import pool_command
from api.cli.remedies import remedies_command
from api.cli.repair import repair_command
from api.cli.rules import rules_command
from api.cli.serve import migrate_command, serve_command, worker_command
from api.cli.shrinkage import shrinkage_command
from api.cli.simulate import simulate_command
from api.cli.solve import explain_command, solve_command
from api.cli.staff import erlang_command, staff_command
from api.cli.user import user
from api.cli.whatif import candidates_command, whatif_command
from api.cli.why import standins_command, why_command
from api.speech import language, say
from domain.faults import BadInput
from domain.language import Refusal

app = typer.Typer(
    name="paiban",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help=say("排班: 预测来电, 计算人力, 生成排班表", "Paiban: forecast the calls, staff them, build the roster"),
    epilog=say(
        "退出码: 0 成功; 1 违反硬性规则; 2 输入有误; 3 没有找到可行的排班",
        "Exit codes: 0 done; 1 a hard rule is broken; 2 bad input; 3 no roster was found",
    ),
)
app.command("plan", help=say("由文件完成整月排班", "The whole job on files: plan a month"))(plan_command)
app.command("forecast", help=say("预测一个月的来电", "Forecast a month's calls"))(forecast_command)
app.command("adjust", help=say("在预测上叠加可撤销的调整", "Lay named, reversible changes over a forecast"))(
    adjust_command
)
app.command(
    "update", help=say("按已来的电话更新当天和未来七天", "The same day and the next seven anew, from calls so far")
)(update_command)
app.command("backtest", help=say("回测: 过去各月会预测得多准", "How good forecasts of past months would have been"))(
    backtest_command
)
app.command("accuracy", help=say("保存的各版预测与实际对比", "Kept forecasts beside what came"))(accuracy_command)
app.command("newcomer", help=say("按户数由相似站点预测新站点", "Forecast a new site from similar ones, by households"))(
    newcomer_command
)
app.command("callers", help=say("由记录估计处理时长和耐心", "Handle times and patience from the records"))(
    callers_command
)
app.command("shrinkage", help=say("由考勤学习损耗率", "Learn shrinkage from attendance"))(shrinkage_command)
app.command("staff", help=say("由预测计算人力需求", "Forecast to people needed per interval"))(staff_command)
app.command("simulate", help=say("逐个来电模拟一个月", "Simulate a month call by call"))(simulate_command)
app.command(
    "remedies", help=say("未达标时最省的办法: 线路、座席或人员", "Where a target is missed: the cheapest remedy")
)(remedies_command)
app.command("pool", help=say("多技能合并需要多少人", "How many agents who serve several works are needed"))(
    pool_command
)
app.command("erlang", help=say("单个时段的 Erlang A / B / C", "Erlang A, B or C for one interval"))(erlang_command)
app.command("solve", help=say("由人员和需求求解排班", "Build a roster from people and requirement"))(solve_command)
app.command("explain", help=say("说明为何无解", "Say why there is no roster"))(explain_command)
app.command("repair", help=say("以最少改动修复已发布的排班", "Mend a published roster with the fewest changes"))(
    repair_command
)
app.command("why", help=say("说明某人某天为何这样排", "Say why a cell is as it is"))(why_command)
app.command("standins", help=say("关键班的合法替班人(N-1)", "Who could stand in for each vital duty"))(standins_command)
app.command("whatif", help=say("假设对比", "What if: compare cases side by side"))(whatif_command)
app.command("candidates", help=say("生成几份不同的排班供选择", "Several different rosters to choose from"))(
    candidates_command
)
app.command("check", help=say("逐条检查排班表", "Judge a roster by every rule, in words"))(check_command)
app.command("example", help=say("写出完整示例", "Write a complete example"))(example_command)
app.command("rules", help=say("列出全部规则", "List every rule there is"))(rules_command)
app.command("demo", help=say("运行带示例集团的服务", "Run the service with a living demo group"))(demo_command)
app.command("serve", help=say("运行服务", "Run the service"))(serve_command)
app.command("worker", help=say("运行后台任务", "Run jobs and the monthly cycle, without the web"))(worker_command)
app.command("backup", help=say("备份数据库", "Write the whole store to a file"))(backup_command)
app.command("restore", help=say("由备份恢复", "Fill an empty store from a backup"))(restore_command)
app.command("migrate", help=say("更新数据库结构", "Bring the store to a revision"))(migrate_command)
app.add_typer(user, name="user")
app.add_typer(audit, name="audit")


def main() -> None:
    """Run the command; a fault in the input is one clear message and exit code 2."""
    try:
        app()
    except BadInput as fault:
        _fail(fault.full.said(language()))
    except Refusal as refusal:
        _fail(refusal.text.said(language()))
    except KeyboardInterrupt:
        err.print(say("已中断", "interrupted"), style="yellow")
        sys.exit(INTERRUPTED)
    except OSError as fault:
        _fail(f"{fault.filename or ''} {fault.strerror or fault}".strip())


def _fail(words: str) -> None:
    err.print(say("错误: ", "error: ") + words, style="red", highlight=False, markup=False, soft_wrap=True)
    sys.exit(BAD_INPUT)
