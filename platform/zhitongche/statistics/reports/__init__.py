"""Reports 统计报告: weekly, monthly, quarterly and at once for any period, as PDF, Word and Excel (RP-2.10.d)."""
