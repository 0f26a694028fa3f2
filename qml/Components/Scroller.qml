import QtQuick
import QtQuick.Templates as T
import Marea

// A thin scroll bar for grids and lists.
T.ScrollBar {
    id: bar
    implicitWidth: 10
    implicitHeight: 10
    padding: 2
    minimumSize: 0.06
    visible: size < 1
    contentItem: Rectangle {
        implicitWidth: 6
        implicitHeight: 6
        radius: 3
        color: bar.pressed || bar.hovered ? Theme.secondary : Theme.disabled
        opacity: bar.active || bar.hovered ? 0.8 : 0
        Behavior on opacity { NumberAnimation { duration: Theme.calm } }
    }
}
