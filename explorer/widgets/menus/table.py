"""All menus, from left to right. A new one has its file here and its line below."""

from explorer.widgets.menus.action_spec import Menu
from explorer.widgets.menus.edit_menu import EDIT
from explorer.widgets.menus.file_menu import FILE
from explorer.widgets.menus.help_menu import HELP
from explorer.widgets.menus.picture_menu import PICTURE
from explorer.widgets.menus.play_menu import PLAY
from explorer.widgets.menus.point_menu import POINT
from explorer.widgets.menus.sound_menu import SOUND
from explorer.widgets.menus.train_menu import TRAIN
from explorer.widgets.menus.view_menu import VIEW

MENUS: tuple[Menu, ...] = (
    FILE,
    EDIT,
    POINT,
    PLAY,
    SOUND,
    PICTURE,
    VIEW,
    TRAIN,
    HELP,
)
