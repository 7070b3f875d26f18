"""All jurisdictions side by side."""
from tests.support.pages import Visitor
from tests.zhitongche.province.conftest import Put

PAGES = ("", "/map", "/trend", "/flows", "/figures/on_time_rate", "/places/chenghai", "/sheet")

def test_every_page_opens(put: Put, province: Visitor):
    put("chenghai", kept=20, missed=3, received=50)
    put("shantou", kept=200, missed=3, received=500, risen=7)
    for page in PAGES:
        assert province.get(f"/desk/regions{page}").status_code == 200, page
