import QtQuick
import Marea
import Marea.App

// The alphabet beside titles sorted by names: a letter takes one to where it begins. By pointer or touch, dragging too;
// with the keyboard by arrows, Home and End.
Item {
    id: rail
    required property MediaModel model
    property string current: ""   // under which the first visible row stands
    readonly property var letters: model.letters
    readonly property real slot: letters.length > 0 ? Math.min(20, height / letters.length) : 20
    readonly property int every: Math.max(1, Math.ceil(14 / slot))   // a low window shows not all of them
    readonly property int at: letters.findIndex(l => l.text === current)
    property int picked: -1   // where the pointer or the keyboard is
    signal wanted(int row)

    activeFocusOnTab: true
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Letters")
    Accessible.description: current
    onActiveFocusChanged: picked = -1

    function pick(index) {
        if (index === picked || index < 0 || index >= letters.length) return
        picked = index
        wanted(letters[index].row)
    }
    // To the next letter that has something, that way.
    function step(by) {
        const from = picked >= 0 ? picked : at
        for (let i = from + by; i >= 0 && i < letters.length; i += by)
            if (letters[i].present) return pick(i)
    }
    Keys.onUpPressed: step(-1)
    Keys.onDownPressed: step(1)
    Keys.onPressed: (event) => {
        const index = event.key === Qt.Key_Home ? letters.findIndex(l => l.present)
                    : event.key === Qt.Key_End ? letters.map(l => l.present).lastIndexOf(true)
                    : event.text === "" ? -1 : letters.findIndex(l => l.text === event.text.toUpperCase())
        if (index < 0) return
        pick(index)
        event.accepted = true
    }

    Rectangle { anchors.fill: column; color: Theme.background }   // chips that scroll pass below
    Column {
        id: column
        anchors { left: parent.left; right: parent.right; verticalCenter: parent.verticalCenter }
        Repeater {
            model: rail.letters
            Item {
                id: letter
                required property var modelData
                required property int index
                readonly property bool here: rail.picked === index || (rail.picked < 0 && rail.at === index)
                width: column.width
                height: rail.slot
                Accessible.role: Accessible.Button
                Accessible.name: modelData.text
                Accessible.onPressAction: rail.pick(index)
                Label {
                    anchors.centerIn: parent
                    visible: letter.here || letter.index % rail.every === 0
                    text: letter.modelData.text
                    font.pixelSize: Theme.tiny
                    weight: letter.here ? Font.DemiBold : Font.Normal
                    color: letter.here ? Theme.accent : letter.modelData.present ? Theme.secondary : Theme.disabled
                }
            }
        }
    }
    FocusRing { anchors.fill: column; offset: 0; shown: rail.activeFocus }
    MouseArea {
        anchors.fill: column
        preventStealing: true
        onPressed: (mouse) => rail.pick(Math.floor(mouse.y / rail.slot))
        onPositionChanged: (mouse) => rail.pick(Math.floor(mouse.y / rail.slot))
        onReleased: rail.picked = -1
        onCanceled: rail.picked = -1
    }
}
