"""The four roles 数据库角色 and who is who."""

OWNER = "zt_owner"  # owns everything, nobody logs in as it
APP = "zt_app"  # the program's login; owns nothing
SEARCH = "zt_search"  # owns the search functions only, reads the search tables only
PROVINCE = "zt_province"  # what the program becomes to read every tenant's sums; it can read nothing else

TENANT = "nullif(current_setting('app.tenant', true), '')"
