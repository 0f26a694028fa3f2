import QtQuick
import QtQuick.Window
import QtQuick.Templates as T
import Marea

// A menu of choices: `choices` is a list of {text, detail, icon, checked, value}, or {heading} between them. Arrow keys,
// Enter and Esc work. A `banner` stands above them.
T.Popup {
    id: menu
    property var choices: []
    property string title: ""
    property bool onPicture: false
    property Item returnFocus: null
    property Component banner: null
    readonly property bool pictured: choices.some(c => c.checked !== undefined || c.icon !== undefined)
    signal chosen(var value)

    function openAt(item, above) {
        parent = item
        returnFocus = item
        // Below what opened it; where there is no room to the right, to the left of its end.
        const room = item.Window.window ? item.Window.window.width - item.mapToItem(null, 0, 0).x - 8 : 0
        x = Qt.binding(() => width <= room ? 0 : Math.round(Math.min(0, item.width - width)))
        y = above ? Qt.binding(() => -height - 8) : item.height + 6
        open()
    }

    // At a place of the item, as menus of a right click are.
    function openAtPoint(item, place, back) {
        parent = item
        returnFocus = back
        x = place.x
        y = place.y
        open()
    }

    padding: 6
    margins: 8
    focus: true
    modal: false
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    implicitWidth: 260
    implicitHeight: Math.min(420, list.contentHeight + header.height + top.height + 12)
    onOpened: {
        let current = 0
        for (let i = choices.length - 1; i >= 0; --i) if (choices[i].checked) current = i
        list.currentIndex = current
        list.forceActiveFocus()
    }
    onClosed: if (returnFocus) returnFocus.forceActiveFocus(Qt.PopupFocusReason)

    background: Rectangle {
        radius: Theme.radiusCard
        color: menu.onPicture ? Theme.pictureSheet : Theme.raised
        border.width: 1
        border.color: menu.onPicture ? Theme.pictureHover : Theme.line
    }
    readonly property color ink: onPicture ? Theme.onPicture : Theme.text
    readonly property color faint: onPicture ? Theme.onPictureSecondary : Theme.secondary
    contentItem: Item {
        Label {
            id: header
            visible: menu.title !== ""
            height: visible ? 32 : 0
            x: 10
            width: parent.width - 20
            verticalAlignment: Text.AlignVCenter
            text: menu.title
            color: menu.faint
            font.pixelSize: Theme.tiny
            weight: Font.Medium
        }
        Loader {
            id: top
            anchors { top: header.bottom; left: parent.left; leftMargin: 10; right: parent.right }
            sourceComponent: menu.banner
            height: item ? item.implicitHeight : 0
        }
        ListView {
            id: list
            anchors { top: top.bottom; left: parent.left; right: parent.right; bottom: parent.bottom }
            clip: true
            model: menu.choices
            keyNavigationEnabled: false   // headings are passed over
            Keys.onUpPressed: step(-1)
            Keys.onDownPressed: step(1)
            boundsBehavior: Flickable.StopAtBounds
            Accessible.role: Accessible.PopupMenu
            Accessible.name: menu.title
            Keys.onReturnPressed: choose(currentIndex)
            Keys.onEnterPressed: choose(currentIndex)
            Keys.onSpacePressed: choose(currentIndex)
            function step(by) {
                const length = menu.choices.length   // after the last comes the first
                for (let i = 1, at = currentIndex; i <= length; ++i) {
                    at = (at + by + length) % length
                    if (!menu.choices[at].heading) { currentIndex = at; return }
                }
            }
            function choose(index) {
                if (index < 0 || index >= menu.choices.length || menu.choices[index].heading) return
                const value = menu.choices[index].value
                menu.close()
                menu.chosen(value)
            }
            delegate: T.ItemDelegate {
                id: row
                required property int index
                required property var modelData
                width: ListView.view.width
                readonly property bool heading: modelData.heading !== undefined
                height: Theme.target
                hoverEnabled: !heading
                enabled: !heading
                focusPolicy: Qt.NoFocus
                onClicked: list.choose(index)
                Accessible.role: heading ? Accessible.StaticText : Accessible.MenuItem
                Accessible.name: modelData.heading ?? modelData.text
                Accessible.onPressAction: list.choose(index)
                background: Rectangle {
                    radius: Theme.radiusControl
                    color: row.hovered || row.ListView.isCurrentItem ? (menu.onPicture ? Theme.pictureHover : Theme.hover) : "transparent"
                }
                Icon {
                    x: 8
                    anchors.verticalCenter: parent.verticalCenter
                    name: row.modelData.checked === true ? "check" : row.modelData.icon ?? ""
                    size: 16
                    color: row.modelData.checked !== true ? menu.faint : menu.onPicture ? Theme.pictureAccent : Theme.accent
                    visible: name !== ""
                }
                Label {
                    anchors { left: parent.left; leftMargin: row.heading || !menu.pictured ? 10 : 32; right: extra.left; rightMargin: 8; verticalCenter: parent.verticalCenter }
                    text: row.modelData.heading ?? row.modelData.text
                    color: row.heading ? menu.faint : menu.ink
                    font.pixelSize: row.heading ? Theme.tiny : Theme.small
                    weight: row.heading ? Font.Medium : Font.Normal
                }
                Label {
                    id: extra
                    anchors { right: parent.right; rightMargin: 10; verticalCenter: parent.verticalCenter }
                    text: row.modelData.detail ?? ""
                    color: menu.faint
                    font.pixelSize: Theme.tiny
                    tabular: true
                }
            }
        }
    }
}
