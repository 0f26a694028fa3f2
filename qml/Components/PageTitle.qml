import QtQuick
import Marea

// The title of a page and how much is on it.
Item {
    id: title
    required property string text
    property int count: -1
    implicitHeight: 48
    implicitWidth: words.implicitWidth + number.implicitWidth + 12
    Label {
        id: words
        anchors.verticalCenter: parent.verticalCenter
        text: title.text
        font.pixelSize: Theme.title
        font.letterSpacing: -0.4
        weight: Font.DemiBold
        Accessible.role: Accessible.Heading
        Accessible.name: text
    }
    Label {
        id: number
        visible: title.count > 0
        anchors { left: words.right; leftMargin: 12; baseline: words.baseline }
        text: Number(title.count).toLocaleString(Qt.locale(), "f", 0)
        color: Theme.secondary
        font.pixelSize: Theme.body
    }
}
