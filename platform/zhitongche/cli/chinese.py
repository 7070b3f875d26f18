"""argparse in Chinese."""

import argparse
from typing import NoReturn

# What argparse asks gettext for, and our answer.
CATALOGUE = {
    "usage: ": "用法：",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示本帮助",
    "the following arguments are required: %s": "缺少参数：%s",
    "unrecognized arguments: %s": "不认识的参数：%s",
    "argument %(argument_name)s: %(message)s": "参数 %(argument_name)s:%(message)s",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r，可用的有：%(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r 不是合适的值（%(type)s）",
    "expected one argument": "需要一个值",
    "expected at least one argument": "至少需要一个值",
    "not allowed with argument %s": "不能与 %s 同时使用",
    "%(prog)s: error: %(message)s\n": "%(prog)s:%(message)s\n",
}


class Parser(argparse.ArgumentParser):
    """A parser that speaks Chinese and points to its help."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to find out more; exit status 2."""
        self.exit(2, f"✗ {message}\n用法见：{self.prog} --help\n")


def speak_chinese() -> None:
    """Make argparse take its words from the catalogue; unknown ones stay as they are."""
    # Its own way to other languages is a binary catalogue in a system folder.
    vars(argparse)["_"] = lambda text: CATALOGUE.get(text, text)
    vars(argparse)["ngettext"] = lambda one, many, count: CATALOGUE.get(one, one if count == 1 else many)
