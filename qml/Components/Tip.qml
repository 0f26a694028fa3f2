import QtQuick
import QtQuick.Templates as T
import Marea

T.ToolTip {
    id: tip
    delay: 600
    timeout: 6000
    x: parent ? Math.round((parent.width - implicitWidth) / 2) : 0
    y: -implicitHeight - 6
    margins: 8
    padding: 8
    implicitWidth: Math.min(360, contentItem.implicitWidth + leftPadding + rightPadding)
    implicitHeight: contentItem.implicitHeight + topPadding + bottomPadding
    closePolicy: T.Popup.CloseOnEscape | T.Popup.CloseOnPressOutsideParent
    contentItem: Label { text: tip.text; font.pixelSize: Theme.tiny; wrapMode: Text.Wrap; elide: Text.ElideNone }
    background: Rectangle {
        color: Theme.raised
        radius: Theme.radiusControl
        border.width: 1
        border.color: Theme.line
    }
}
