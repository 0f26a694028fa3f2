import QtQuick
import Marea

// What others think, of five stars, and words beside it. Nobody's own: see StarRating.
Row {
    id: stars
    property double rating: 0   // 0 to 5
    property string text: ""
    property int size: 16
    spacing: 8
    Accessible.role: Accessible.StaticText
    Accessible.name: text !== "" ? text : qsTr("%1 of 5").arg(rating)
    Row {
        anchors.verticalCenter: parent.verticalCenter
        spacing: 2
        visible: stars.rating > 0
        Repeater {
            model: 5
            Item {
                required property int index
                width: stars.size; height: stars.size
                Icon { name: "star"; size: stars.size; color: Theme.secondary }
                Item {
                    width: parent.width * Math.max(0, Math.min(1, stars.rating - parent.index))
                    height: parent.height
                    clip: true
                    Icon { name: "star"; size: stars.size; solid: true; color: Theme.accent }
                }
            }
        }
    }
    Label { visible: text !== ""; text: stars.text; color: Theme.secondary; Accessible.ignored: true }
}
