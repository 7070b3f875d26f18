"""Why a message is not let in: each reason has a code for logs and a Chinese sentence for people."""

from typing import Final

from zhitongche.kernel.errors import ZhitongcheError

REASONS: Final[dict[str, str]] = {
    # The bytes.
    "oversize": "报文超过允许的大小",
    "malformed": "报文不是合格的 JSON，或前后有多余内容",
    "duplicate_key": "报文中同一项出现了两次",
    "too_deep": "报文嵌套层数过多",
    "number": "报文中的数字不是允许范围内的整数",
    "character": "报文中有不可见、易混淆或未规范化的字符",
    "encoding": "报文中的 Base64 编码不规范",
    # The envelope and its signature.
    "envelope": "签名信封的格式不符",
    "payload_type": "签名针对的不是这一类内容",
    "signature_count": "报文应有且仅有一个签名",
    "signature": "签名校验不通过",
    "algorithm_unknown": "信任名录指定的签名算法本系统不支持",
    "key_unknown": "签名所用密钥不在信任名录中",
    "key_not_yet": "签名所用密钥尚未启用",
    "key_retired": "签名所用密钥已停用",
    "key_revoked": "签名所用密钥已吊销",
    # What it says.
    "attribute_missing": "报文缺少必要的项目",
    "attribute_unknown": "报文中有未约定的项目",
    "attribute_value": "报文中有项目不合格式",
    "type_unknown": "报文类型未约定",
    "schema": "报文内容不符合该类型、该阶段的约定",
    # Who says it to whom.
    "source": "报文的来源标识不符",
    "source_not_signer": "报文声称的来源不是签名的单位",
    "audience": "报文不是发给本单位的",
    "receiver_unknown": "接收单位不在信任名录中",
    "not_neighbour": "两个单位之间没有上下级关系",
    "direction": "该类报文不能往这个方向发送",
    "type_not_allowed": "信任名录不允许该单位发送这类报文",
    # Receipts.
    "receipt_mismatch": "回执对应的不是这份报文",
    "receipt_signer": "回执不是由接收单位签发的",
    # The trust list.
    "trust_form": "信任名录的格式或内容不符",
    "trust_anchor": "信任名录不是由约定的信任锚签发的",
    "trust_expired": "信任名录已过有效期",
    "trust_older": "信任名录比现用的旧",
    "trust_fork": "同一序号的信任名录有两种内容",
    # The hop.
    "hop_missing": "请求没有带签名",
    "hop_form": "请求签名的格式不符",
    "hop_components": "请求签名覆盖的内容不符合约定",
    "hop_parameters": "请求签名的参数不符合约定",
    "hop_not_yet": "请求签名的时间在将来",
    "hop_expired": "请求签名已过有效期",
    "hop_window": "请求签名的有效期过长",
    "hop_replayed": "请求重复发送（随机数已用过）",
    "hop_digest": "请求正文与摘要不符",
    "hop_address": "请求地址不符合约定",
    "hop_signature": "请求签名校验不通过",
}

PASSING: Final = frozenset({"key_unknown", "key_not_yet", "trust_expired", "receiver_unknown", "hop_not_yet", "hop_expired"})  # fmt: skip
"""Reasons that a newer trust list or a set clock removes: the same bytes may be let in later."""


class Rejected(ZhitongcheError):
    """Not let in; `reason` is a key of REASONS, `detail` is for the log: positions and codes, never contents."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{REASONS[reason]}。")
        self.reason = reason
        self.detail = detail
        self.args = (reason, detail)

    @property
    def passing(self) -> bool:
        """Whether the same bytes may be let in later."""
        return self.reason in PASSING
