import QtQuick
import QtQuick.Window
import Marea
import Marea.App

// The menu of a title, and what it leads to. Made when first wanted.
Item {
    id: menus
    required property AppContext app

    Loader { id: menu; active: false; sourceComponent: TitleMenu { actions: menus.app.actions } }
    Loader { id: adder; active: false; sourceComponent: AddToPlaylistSheet { app: menus.app } }
    Loader { id: matcher; active: false; sourceComponent: MatchSheet { app: menus.app } }
    Connections {
        target: menus.app.actions
        function onWanted(at) {
            menu.active = true
            const focused = menus.Window.activeFocusItem
            menu.item.openAtPoint(menus, menus.mapFromItem(null, at.x, at.y), focused)
        }
        function onPlaylistWanted(media) {
            adder.active = true
            adder.item.ask(media, menus.Window.activeFocusItem)
        }
        function onMatchWanted(mediaId, title) {
            matcher.active = true
            matcher.item.ask(mediaId, title, menus.Window.activeFocusItem)
        }
    }
}
