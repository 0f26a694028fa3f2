import QtQuick
import QtQuick.Templates as T
import Marea

// A sheet over the page: a title, what is asked, and its buttons. Escape and a click beside it close it.
T.Popup {
    id: sheet
    property string title: ""
    property int wide: 460
    property Item first: null          // where the keyboard begins
    property Item returnFocus: null
    default property alias content: column.data
    property alias buttons: row.data

    function show(back) {
        returnFocus = back ?? null
        open()
    }

    parent: T.Overlay.overlay
    anchors.centerIn: parent
    width: parent ? Math.min(parent.width - 32, wide) : wide
    height: parent ? Math.min(parent.height - 32, implicitHeight) : implicitHeight
    implicitHeight: heading.height + column.height + row.height + 24 * 2 + 32
    padding: 24
    modal: true
    focus: true
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutside
    onOpened: if (first) first.forceActiveFocus(Qt.PopupFocusReason)
    onClosed: if (returnFocus) returnFocus.forceActiveFocus(Qt.PopupFocusReason)

    background: Rectangle {
        radius: Theme.radiusSheet
        color: Theme.raised
        border.width: 1
        border.color: Theme.line
    }
    T.Overlay.modal: Rectangle { color: Theme.scrim }
    contentItem: FocusScope {
        focus: true
        Accessible.role: Accessible.Dialog
        Accessible.name: sheet.title
        // What is longer than the window, without a pointer.
        Keys.onPressed: (event) => {
            const by = event.key === Qt.Key_Down ? 48 : event.key === Qt.Key_Up ? -48
                     : event.key === Qt.Key_PageDown ? flick.height - 48 : event.key === Qt.Key_PageUp ? 48 - flick.height : 0
            if (by === 0 || !flick.interactive) return
            flick.contentY = Math.max(0, Math.min(flick.contentHeight - flick.height, flick.contentY + by))
            event.accepted = true
        }
        Label {
            id: heading
            width: parent.width
            height: 32
            text: sheet.title
            font.pixelSize: Theme.heading
            weight: Font.DemiBold
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }
        Flickable {
            id: flick
            anchors { top: heading.bottom; topMargin: 8; left: parent.left; right: parent.right; bottom: row.top; bottomMargin: 16 }
            contentHeight: column.height
            boundsBehavior: Flickable.StopAtBounds
            interactive: contentHeight > height
            clip: interactive
            Column {
                id: column
                width: flick.width
                spacing: 12
            }
        }
        Flow {
            id: row
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
            layoutDirection: Qt.RightToLeft
            spacing: 8
        }
    }
}
